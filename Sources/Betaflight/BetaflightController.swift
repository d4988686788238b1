package import Control
package import Drone
import SpatialMath

/// Flies a drone by Betaflight's own firmware, in lock-step: each command sends the state and waits for the motors.
///
/// The firmware is started, set up and armed by the first command, before time goes on.
package struct BetaflightController: OutsideController {
  /// Who holds the sticks.
  package enum Pilot: Sendable {
    /// A pilot who follows the reference.
    case reference
    /// A pilot whose sticks are recorded.
    case recording(RadioRecording)
  }

  /// The fewest commands with which the firmware hears of the drone often enough. [Hz]
  package static let leastFrequency = 100.0
  /// How long the firmware may take to arm, by its clock. [s]
  private static let timeToArm = 15.0

  /// Where the firmware comes from.
  package let source: FirmwareSource
  /// What is recorded of the pilot, if it is.
  package let recording: RadioRecording?
  package private(set) var failure: ControllerError?

  private let order: MotorOrder
  private let thrust: PerRotor<RotorCurve<Double>>
  private let fullSpeed: Double
  private let gravity: Double
  private let beginner: AnglePilot
  private var pilot: AnglePilot
  private var clock = FirmwareClock()
  private var lastVelocity: Vector<World, Double>?
  private var firmware: (any Firmware)?

  /// A controller of a model.
  ///
  /// - Parameters:
  ///   - source: The firmware.
  ///   - pilot: Who holds the sticks.
  ///   - model: The vehicle.
  ///   - gravity: The acceleration of free fall. [m/s²]
  /// - Throws: ``ControllerError`` where it cannot fly the vehicle.
  package init(
    _ source: FirmwareSource, pilot: Pilot, model: QuadcopterModel, gravity: Double
  ) throws(ControllerError) {
    guard gravity > 0 else {
      throw ControllerError("its pilot needs gravity; expected more than 0 m/s²")
    }
    order = try MotorOrder(model)
    if case .recording(let recording) = pilot {
      self.recording = recording
    } else {
      recording = nil
    }
    (self.source, self.gravity) = (source, gravity)
    thrust = model.rotors.map(\.thrust)
    fullSpeed = model.maximumRotorSpeed
    beginner = AnglePilot(of: model, gravity: gravity)
    self.pilot = beginner
  }

  package var followsReference: Bool { recording == nil }

  package mutating func reset() {
    (pilot, clock, lastVelocity, failure) = (beginner, FirmwareClock(), nil, nil)
    firmware = nil
  }

  package mutating func finish() { firmware = nil }

  package mutating func rotorSpeeds(
    for state: DroneState<Double>, tracking setpoint: Setpoint, at time: Double,
    every period: Double
  ) -> PerRotor<Double> {
    guard failure == nil else { return PerRotor(repeating: 0) }
    do throws(BetaflightError) {
      let acceleration = (1 / period) * (state.velocity - (lastVelocity ?? state.velocity))
      lastVelocity = state.velocity
      let numbers = Packets.numbers(
        of: state,
        feeling: state.attitude.inverse(acceleration + Vector(0, 0, gravity)))
      guard numbers.allSatisfy(\.isFinite) else {
        throw BetaflightError("a number of the drone's state is not finite at \(time) s")
      }
      if firmware == nil {
        let firmware = try begin(numbers)
        self.firmware = firmware
        try arm(numbers, every: period, by: firmware)
      }
      guard let firmware else { return PerRotor(repeating: 0) }
      clock.advance(to: time)
      let sticks =
        recording?.sticks(at: time)
        ?? pilot.sticks(for: state, tracking: setpoint, every: period)
      return speeds(for: try step(numbers, sticks, every: period, by: firmware))
    } catch {
      firmware = nil
      failure = ControllerError(error.description)
      return PerRotor(repeating: 0)
    }
  }

  /// Rotor speeds for shares of the most thrust. [–, rpm]
  private func speeds(for shares: [Double]) -> PerRotor<Double> {
    order.places.zip(thrust) { place, curve in
      curve.speed(for: shares[place] * curve.value(at: fullSpeed))
    }
  }

  /// Sends sticks, when they are due, and the state, and waits for the motors.
  private mutating func step(
    _ numbers: [Double], _ sticks: RadioSticks, every period: Double, by firmware: any Firmware
  ) throws(BetaflightError) -> [Double] {
    let due = clock.takesSticks() ? sticks : nil
    return try firmware.answer(to: numbers, due, at: clock.now, every: period)
  }

  /// Moves the arming switch until motors idle, while the drone stays as it is.
  private mutating func arm(
    _ numbers: [Double], every period: Double, by firmware: any Firmware
  ) throws(BetaflightError) {
    let end = clock.now + Self.timeToArm
    while clock.now < end {
      clock.advance(by: period)
      // A switch that is on while the firmware does not want to must be off once before it counts.
      let isOn = clock.now.truncatingRemainder(dividingBy: 1) >= 0.5
      let shares = try step(numbers, RadioSticks(arm: isOn), every: period, by: firmware)
      if shares.allSatisfy({ $0 > 0 }) { return }
    }
    throw BetaflightError(
      "\(firmware.name) does not arm within \(Self.timeToArm) s; expected that AUX1 above 1700 arms it"
    )
  }

  /// Has a firmware answer a first state.
  private func begin(_ numbers: [Double]) throws(BetaflightError) -> any Firmware {
    let reversal = order.isReversed ? [FirmwareSettings.reversal] : []
    let lines = FirmwareSettings.lines + reversal
    return switch source {
    case .running(let endpoint): try WallClockFirmware(at: endpoint, numbers)
    case .program(let path, let settings, .simulation):
      try SimulationClockFirmware(starting: path, lines + settings)
    case .program(let path, let settings, .wall):
      try WallClockFirmware(starting: path, lines + settings, numbers)
    }
  }
}
