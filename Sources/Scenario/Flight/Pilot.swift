import Control
import Drone
import SpatialMath

/// The controller of one drone and what it follows.
struct Pilot: Sendable {
  private var controller: any Controller
  private let reference: (any Reference)?
  private let tracked: any Reference
  /// How far setpoints run behind the clock: gym-pybullet-drones' loops hand the controllers of time
  /// tₖ₊₁ the way point of tₖ, and none at t₀. [s]
  private let lateness: Double

  /// A pilot.
  ///
  /// - Parameters:
  ///   - controller: Who flies.
  ///   - reference: What it follows.
  ///   - feedforward: Whether it is told the reference's velocity.
  ///   - lateness: How far setpoints run behind the clock. [s]
  init(
    _ controller: any Controller, following reference: (any Reference)?, feedforward: Bool,
    lateness: Double
  ) {
    self.controller = controller
    self.reference = controller.followsReference ? reference : nil
    let base = reference ?? HoverReference(at: .zero)
    tracked = feedforward || !base.hasPosition ? base : PositionOnlyReference(base)
    self.lateness = lateness
  }

  /// The speeds that the rotors should take now. [rpm]
  ///
  /// - Parameters:
  ///   - state: How the drone moves, or seems to.
  ///   - time: The time. [s]
  ///   - period: The time between two commands. [s]
  /// - Returns: The speeds.
  mutating func rotorSpeeds(
    for state: DroneState<Double>, at time: Double, every period: Double
  ) -> PerRotor<Double> {
    let isBeforeFirstSetpoint = time < lateness - 1e-9
    guard isBeforeFirstSetpoint, controller.followsReference else {
      return controller.rotorSpeeds(
        for: state, tracking: tracked.setpoint(at: time - lateness), at: time, every: period)
    }
    guard let setpoint = controller.setpointAtRest else { return PerRotor(repeating: 0) }
    return controller.rotorSpeeds(for: state, tracking: setpoint, at: time, every: period)
  }

  /// Where the drone should be at a time, where positions are asked for.
  func setpoint(at time: Double) -> Setpoint? {
    guard let reference, reference.hasPosition else { return nil }
    return tracked.setpoint(at: max(0, time - lateness))
  }
}
