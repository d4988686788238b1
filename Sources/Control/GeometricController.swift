public import Drone
public import SpatialMath

/// Geometric tracking control on SE(3).
///
/// The force
///
///     F = m (ω² e + k ė + kI ∫e dt + g z + ẍ_ref) + R (d ∘ Rᵀ v_ref)      [N]
///
/// sets thrust F · R z and the wanted attitude Rd, and the torque follows Lee's law
///
///     τ = −kR e_R − kΩ (Ω − Rᵀ Rd Ωd) + Ω × I Ω      [N·m]
///
/// with e_R = vee(Rdᵀ R − Rᵀ Rd) / 2. Ωd is the rate of the reference's own attitude, from its jerk
/// (Mellinger and Kumar); its derivative is left out. kR and kΩ are the model's inertia times gains that
/// its rotors allow, the integral is that of Goodarzi, and the last term of F is the model's drag.
///
/// Almost every attitude comes back; from half a turn away e_R vanishes.
///
/// - T. Lee, M. Leok, N. H. McClamroch, "Geometric Tracking Control of a Quadrotor UAV on SE(3)", CDC
///   2010, [doi:10.1109/CDC.2010.5717652](https://doi.org/10.1109/CDC.2010.5717652), eqs 10 to 16.
/// - F. Goodarzi, D. Lee, T. Lee, "Geometric Nonlinear PID Control of a Quadrotor UAV on SE(3)", ECC
///   2013, [arXiv:1304.6765](https://arxiv.org/abs/1304.6765).
/// - D. Mellinger, V. Kumar, "Minimum Snap Trajectory Generation and Control for Quadrotors", ICRA
///   2011, [doi:10.1109/ICRA.2011.5980409](https://doi.org/10.1109/ICRA.2011.5980409), section III.
public struct GeometricController: Controller {
  private let mass: Double
  private let gravity: Double
  private let drag: Vector<Body, Double>
  /// What errors have summed up to. [m/s²]
  private var integral = Vector<World, Double>.zero
  private var attitude: AttitudeController

  /// A controller for a model.
  ///
  /// - Parameters:
  ///   - model: The vehicle.
  ///   - gravity: The acceleration of free fall. [m/s²]
  /// - Throws: ``ControllerError`` where the rotors cannot make every torque.
  public init(model: QuadcopterModel, gravity: Double) throws(ControllerError) {
    (mass, self.gravity) = (model.mass, gravity)
    let spin = 4 * model.hoverRotorSpeed(gravity: gravity) * .pi / 30
    let level = spin * model.air.dragXY + model.air.linearDragXY
    drag = Vector(level, level, spin * model.air.dragZ + model.air.linearDragZ)
    attitude = try AttitudeController(model: model, gravity: gravity)
  }

  public mutating func reset() { integral = .zero }

  public mutating func rotorSpeeds(
    for state: DroneState<Double>, tracking setpoint: Setpoint, at time: Double,
    every period: Double
  ) -> PerRotor<Double> {
    let now = RotationMatrix(state.attitude)
    let law = attitude.law(every: period)
    let acceleration =
      law.acceleration(for: state, towards: Goal(setpoint), integral: &integral)
      + setpoint.acceleration
    let resistance = now(drag.scaled(by: now.inverse(setpoint.velocity)))
    let force = mass * (acceleration + Vector(0, 0, gravity)) + resistance
    let wanted = RotationMatrix(zAxisAlong: force, heading: setpoint.yaw) ?? now
    let rates = now.inverse(wanted(referenceRates(setpoint)))
    return law.rotorSpeeds(
      for: state, error: -0.5 * wanted.twiceError(of: now), thrust: force.dot(now.zAxis),
      rates: rates)
  }

  /// The body rates of a vehicle that flies the reference exactly, without drag. [rad/s]
  private func referenceRates(_ setpoint: Setpoint) -> Vector<Body, Double> {
    let lift = setpoint.acceleration + Vector(0, 0, gravity)
    guard let r = RotationMatrix(zAxisAlong: lift, heading: setpoint.yaw) else { return .zero }
    // The part of the jerk across the thrust turns it: h = (j − (z · j) z) / |lift|.
    let turn = (1 / lift.norm) * (setpoint.jerk - r.zAxis.dot(setpoint.jerk) * r.zAxis)
    return Vector(-turn.dot(r.yAxis), turn.dot(r.xAxis), setpoint.yawRate * r.zAxis.z)
  }
}
