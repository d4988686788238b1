package import Control
package import Drone
import SpatialMath

/// Flies a drone by ArduPilot's own firmware, in lock-step, by its JSON interface: each frame of servos is
/// answered by the state that they lead to.
package struct ArduPilotController: OutsideController {
  /// The fewest commands a second with which its loops run as they should: a copter's have 400. [Hz]
  package static let leastFrequency = 400.0
  /// The longest step between two frames, whatever ArduPilot asks for: it lets no time go by with a longer one. [s]
  private static let longestStep = 0.05
  /// The share e of the square in what ArduPilot takes for the thrust of a throttle u, (1 − e) u + e u²: its
  /// parameter MOT_THST_EXPO, as it is by default. [–]
  ///
  /// - https://ardupilot.org/copter/docs/motor-thrust-scaling.html
  private static let thrustExponent = 0.65

  /// Where its packets come in.
  package let endpoint: ArduPilotEndpoint
  /// How long it may be silent. [s]
  package let patience: Double
  package private(set) var failure: ControllerError?
  package private(set) var hasBegunAgain = false

  private let order: MotorOrder
  private let thrust: PerRotor<RotorCurve<Double>>
  private let fullSpeed: Double
  private let gravity: Double
  private var felt = FeltAcceleration()
  private var link: ArduPilotLink?
  private var speeds = PerRotor(repeating: 0.0)
  /// How many commands repeat the last one before the next frame. [–]
  private var repeats = 0

  /// A controller of a model.
  ///
  /// - Parameters:
  ///   - endpoint: Where ArduPilot's packets come in.
  ///   - patience: How long it may be silent. [s]
  ///   - model: The vehicle.
  ///   - gravity: The acceleration of free fall. [m/s²]
  /// - Throws: ``ControllerError`` where it cannot fly the vehicle.
  package init(
    _ endpoint: ArduPilotEndpoint, patience: Double, model: QuadcopterModel, gravity: Double
  ) throws(ControllerError) {
    order = try MotorOrder(model)
    (self.endpoint, self.patience, self.gravity) = (endpoint, patience, gravity)
    thrust = model.rotors.map(\.thrust)
    fullSpeed = model.maximumRotorSpeed
  }

  package var followsReference: Bool { false }

  package mutating func reset() {
    (felt, link, failure, hasBegunAgain) = (FeltAcceleration(), nil, nil, false)
    (speeds, repeats) = (PerRotor(repeating: 0), 0)
  }

  package mutating func rotorSpeeds(
    for state: DroneState<Double>, tracking setpoint: Setpoint, at time: Double,
    every period: Double
  ) -> PerRotor<Double> {
    guard failure == nil else { return PerRotor(repeating: 0) }
    guard repeats == 0 else {
      repeats -= 1
      return speeds
    }
    do throws(ControllerError) {
      try exchange(state, at: time, every: period)
      return speeds
    } catch {
      (link, failure) = (nil, error)
      return PerRotor(repeating: 0)
    }
  }

  /// Answers the last frame, and takes the next.
  private mutating func exchange(
    _ state: DroneState<Double>, at time: Double, every period: Double
  ) throws(ControllerError) {
    let report = StateReport(
      state, feeling: felt.feel(state, gravity: gravity, at: time), at: time)
    guard report.isFinite else {
      throw ControllerError("a number of the drone's state is not finite at \(time) s")
    }
    var link: ArduPilotLink
    if let known = self.link { link = known } else { link = try ArduPilotLink(endpoint) }
    link.send(report.text)
    let event = try link.next(patience: patience)
    self.link = link
    switch event {
    case .servos(let packet):
      speeds = speeds(for: packet)
      let step = min(1 / max(Double(packet.frameRate), 1), Self.longestStep)
      repeats = max(1, Int((step / period).rounded())) - 1
    case .begunAgain:
      hasBegunAgain = true
      throw ControllerError("ArduPilot was started again in flight")
    }
  }

  /// The speeds of rotors whose motors get pulses. [rpm]
  private func speeds(for packet: ServoPacket) -> PerRotor<Double> {
    order.places.zip(thrust) { place, curve in
      let (u, e) = (packet.throttle(place), Self.thrustExponent)
      return curve.speed(for: ((1 - e) * u + e * u * u) * curve.value(at: fullSpeed))
    }
  }
}
