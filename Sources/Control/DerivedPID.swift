public import Drone
public import SpatialMath

/// Position control by PID over attitude control, with gains that the model's own numbers give.
///
/// It flies any model as it is: mass, inertia, rotor places, curves and lag, and the control period set
/// how fast each loop may be. The force m (a + g z) becomes thrust along the body's z axis and, with the
/// wanted heading, an attitude for ``AttitudeController``. Only position, velocity and heading of the
/// setpoint are used.
public struct DerivedPID: Controller {
  private let weight: (mass: Double, gravity: Double)
  private var position: PositionLoop
  private var attitude: AttitudeController

  /// A controller for a model.
  ///
  /// - Parameters:
  ///   - model: The vehicle.
  ///   - gravity: The acceleration of free fall. [m/s²]
  /// - Throws: ``ControllerError`` where the rotors cannot make every torque.
  public init(model: QuadcopterModel, gravity: Double) throws(ControllerError) {
    weight = (model.mass, gravity)
    position = PositionLoop(gravity: gravity)
    attitude = try AttitudeController(model: model, gravity: gravity)
  }

  public mutating func reset() { position.reset() }

  /// All that it remembers: what errors have summed up to. [m/s²]
  package var integral: Vector<World, Double> {
    get { position.integral }
    set { position.integral = newValue }
  }

  public mutating func rotorSpeeds(
    for state: DroneState<Double>, tracking setpoint: Setpoint, at time: Double,
    every period: Double
  ) -> PerRotor<Double> {
    let target = Setpoint(
      position: setpoint.position, velocity: setpoint.velocity, yaw: setpoint.yaw)
    let acceleration = position.acceleration(
      for: state, tracking: target, gains: attitude.gains(every: period), every: period)
    let force = weight.mass * (acceleration + Vector(0, 0, weight.gravity))
    let now = RotationMatrix(state.attitude)
    let wanted = RotationMatrix(zAxisAlong: force, heading: setpoint.yaw) ?? now
    return attitude.rotorSpeeds(
      for: state, error: wanted.springError(of: now), thrust: force.dot(now.zAxis), rates: .zero,
      every: period)
  }
}
