public import Drone
public import SpatialMath

/// From a drone's state and a setpoint to rotor speeds.
///
/// A controller is a value: its integrators are its only memory, and ``reset()`` forgets them.
public protocol Controller: Sendable {
  /// Forgets everything that happened.
  mutating func reset()

  /// The speeds that the rotors should take until the next call. [rpm]
  ///
  /// - Parameters:
  ///   - state: How the drone moves now.
  ///   - setpoint: How it should move.
  ///   - time: The time since the start of the flight. [s]
  ///   - period: The time until the next call. [s]
  /// - Returns: The speeds. [rpm]
  mutating func rotorSpeeds(
    for state: DroneState<Double>, tracking setpoint: Setpoint, at time: Double,
    every period: Double
  ) -> PerRotor<Double>

  /// What it tracks before a first setpoint has arrived; `nil` leaves the rotors at rest.
  var setpointAtRest: Setpoint? { get }

  /// Whether it follows a reference.
  var followsReference: Bool { get }

  /// Whether the reference has to ask for positions, not for velocities alone.
  var needsPosition: Bool { get }
}

extension Controller {
  public var setpointAtRest: Setpoint? { nil }
  public var followsReference: Bool { true }
  public var needsPosition: Bool { true }
}
