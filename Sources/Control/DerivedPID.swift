public import Drone
public import SpatialMath

/// Position control by PID over attitude control, with gains that the model's own numbers give.
///
/// It flies any model as it is: mass, inertia, rotor places, curves and lag, and the control period set
/// how fast each loop may be. The force m (a + g z) becomes thrust along the body's z axis and, with the
/// wanted heading, an attitude for ``AttitudeController``. The setpoint's acceleration is added to a, and the
/// rate of its heading is what the body turns at; its jerk is not used.
public struct DerivedPID: Controller {
  /// All that it remembers: what errors have summed up to. [m/s²]
  private var integral = Vector<World, Double>.zero
  private var attitude: AttitudeController

  /// A controller for a model.
  ///
  /// - Parameters:
  ///   - model: The vehicle.
  ///   - gravity: The acceleration of free fall. [m/s²]
  /// - Throws: ``ControllerError`` where the rotors cannot make every torque.
  public init(model: QuadcopterModel, gravity: Double) throws(ControllerError) {
    try self.init(model: model, gravity: gravity, design: .standard)
  }

  /// A controller of another design.
  package init(model: QuadcopterModel, gravity: Double, design: LoopDesign) throws(ControllerError)
  {
    attitude = try AttitudeController(model: model, gravity: gravity, design: design)
  }

  public mutating func reset() { integral = .zero }

  public mutating func rotorSpeeds(
    for state: DroneState<Double>, tracking setpoint: Setpoint, at time: Double,
    every period: Double
  ) -> PerRotor<Double> {
    attitude.law(every: period)
      .rotorSpeeds(
        for: state, towards: Goal(setpoint), feedforward: setpoint.acceleration,
        integral: &integral)
  }
}
