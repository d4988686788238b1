package import Drone
import SpatialMath

/// Holds a velocity, by the position controller with its position error kept at zero and the heading
/// left as it is.
///
/// The law of gym-pybullet-drones' velocity commands.
package struct VelocityController: UsesHeading {
  private var positionController: any Controller

  /// The velocity control of a position controller.
  package init(_ positionController: any Controller) {
    self.positionController = positionController
  }

  /// That of gym-pybullet-drones, for a Crazyflie 2.x. [m/s²]
  package init(model: QuadcopterModel, gravity: Double) {
    self.init(CascadedPID(model: model, gravity: gravity))
  }

  package mutating func reset() { positionController.reset() }

  package mutating func rotorSpeeds(
    for state: DroneState<Double>, tracking setpoint: Setpoint, at time: Double,
    every period: Double
  ) -> PerRotor<Double> {
    let here = Setpoint(
      position: state.position, velocity: setpoint.velocity,
      yaw: RollPitchYaw(state.attitude).yaw)
    return positionController.rotorSpeeds(for: state, tracking: here, at: time, every: period)
  }

  package var headingUse: HeadingUse { .ignores }

  package var needsPosition: Bool { false }

  package var setpointAtRest: Setpoint? { Setpoint() }
}
