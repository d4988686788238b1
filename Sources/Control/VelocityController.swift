public import Drone
public import SpatialMath

/// Holds a velocity, by the position controller with its position error kept at zero and the heading
/// left as it is.
///
/// The law of gym-pybullet-drones' velocity commands.
public struct VelocityController: Controller {
  private var positionController: any Controller

  /// The velocity control of a position controller.
  public init(_ positionController: any Controller) {
    self.positionController = positionController
  }

  /// That of gym-pybullet-drones, for a Crazyflie 2.x. [m/s²]
  public init(model: QuadcopterModel, gravity: Double) {
    self.init(CascadedPID(model: model, gravity: gravity))
  }

  public mutating func reset() { positionController.reset() }

  public mutating func rotorSpeeds(
    for state: DroneState<Double>, tracking setpoint: Setpoint, at time: Double,
    every period: Double
  ) -> PerRotor<Double> {
    let here = Setpoint(
      position: state.position, velocity: setpoint.velocity,
      yaw: RollPitchYaw(state.attitude).yaw)
    return positionController.rotorSpeeds(for: state, tracking: here, at: time, every: period)
  }

  public var needsPosition: Bool { false }

  public var setpointAtRest: Setpoint? { Setpoint() }
}
