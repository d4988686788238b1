package import Control
import Drone
import SpatialMath

/// What sensors on board feel.
struct Senses: Sendable {
  /// The acceleration in the world, without that of free fall. [g]
  private(set) var acceleration = Vector<World, Double>.zero
  /// What an accelerometer says, along the body's axes: 1 along z at rest. [g]
  private(set) var felt = Vector<Body, Double>(0, 0, 1)
  /// How fast rotors turn. [rpm]
  private(set) var rotorSpeeds = PerRotor(repeating: 0.0)
  private var lastVelocity: Vector<World, Double>?

  /// Takes in how the drone moves, so long after the last time. [m/s², s]
  mutating func feel(_ state: DroneState<Double>, gravity: Double, since period: Double) {
    let change = state.velocity - (lastVelocity ?? state.velocity)
    lastVelocity = state.velocity
    acceleration = change / (period * gravity)
    felt = state.attitude.inverse(acceleration + Vector(0, 0, 1))
    rotorSpeeds = state.rotorSpeeds
  }
}

extension CrazyflieFirmware {
  /// Where the drone should be; `nil` where it is not told a position.
  package var followed: Setpoint? {
    let modes = setpoint.modes
    guard modes.x == .absolute, modes.y == .absolute, modes.z == .absolute else { return nil }
    return Setpoint(
      position: setpoint.position, velocity: setpoint.velocity,
      acceleration: setpoint.acceleration, yaw: setpoint.yaw)
  }

  /// Takes in a pose that a client has measured, or a position alone. [m]
  mutating func measure(
    _ position: Vector<World, Double>, _ attitude: Rotation<Body, World, Double>?
  ) {
    external.position = position
    external.time = time
    if let attitude {
      external.attitude = attitude
      shift.take(
        attitude: attitude, deviation: external.attitudeDeviation, of: seen, at: time)
    }
    shift.take(position: position, deviation: external.positionDeviation, of: seen, at: time)
  }

  /// Begins the estimate again.
  mutating func resetEstimate() { shift.reset(to: initial, of: seen) }

  /// What the estimator says of the drone.
  var estimate: DelayedEstimates.Estimate { law.estimate }

  /// The acceleration without that of free fall, along the estimate's axes. [g]
  var acceleration: Vector<World, Double> { shift.turn(senses.acceleration) }

  /// Roll, pitch and yaw as the firmware says them, pitch nose up. [°]
  var angles: Vector<Body, Double> {
    let angles = RollPitchYaw(estimate.attitude)
    return 180 / .pi * Vector(angles.roll, -angles.pitch, angles.yaw)
  }

  /// The pulses that motors are given: none while they must not run. [counts]
  var motorPulses: PerRotor<Double> {
    supervisor.letsMotorsRun ? law.pulses : PerRotor(repeating: 0)
  }

  /// The time in the unit of logs. [ms]
  var tick: Int { Int((1000 * time).rounded()) }

  /// The range in the unit of logs; 32767 for nothing seen, as the deck had it. [mm]
  func range(_ distance: KeyPath<Ranges, Double?>) -> Double {
    ranges[keyPath: distance].map { min(1000 * $0, 32_767) } ?? 32_767
  }

  /// The state of the supervisor and of the high-level commander as the bits that clients read.
  var supervisorBits: UInt16 {
    let isActive = highLevel.planner.state != .stopped
    let isFinished = highLevel.planner.isFinished(at: time)
    return supervisor.bits | (isActive ? 1 << 8 : 0) | (isFinished ? 1 << 9 : 0)
  }
}

/// What range finders see: how far it is, and `nil` for nothing. [m]
package struct Ranges: Sendable, Equatable {
  /// Along the body's axes.
  package var front, back, left, right, up, down: Double?

  /// Nothing is seen.
  package init() {}
}
