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
///     τ = kR e − kΩ (Ω − Ωd) − I (Ω_z z × Ω) + Ω × I Ω − (c₁ v_y, −c₂ v_x, 0)      [N·m]
///
/// In place of Lee's e_R, in which a heading error turns and shortens what tilt asks for, e has tilt and
/// heading apart, as in ``AttitudeController``. Ωd is the rate of the reference's own attitude, from its
/// jerk (Mellinger and Kumar) and the rate of its heading; its derivative is left out but for the turn of
/// the body's own axes, the third term. kR and kΩ are the model's inertia times gains that its rotors
/// allow, the integral is that of Goodarzi, the last term of F is the model's drag, and that of τ its speed
/// moment at the velocity v along the body's axes.
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
  private let lead: ReferenceLead
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
    lead = ReferenceLead(model, gravity: gravity)
    attitude = try AttitudeController(model: model, gravity: gravity)
  }

  public mutating func reset() { integral = .zero }

  public mutating func rotorSpeeds(
    for state: DroneState<Double>, tracking setpoint: Setpoint, at time: Double,
    every period: Double
  ) -> PerRotor<Double> {
    let now = RotationMatrix(state.attitude)
    let law = attitude.law(every: period)
    let pull = law.acceleration(for: state, towards: Goal(setpoint), integral: &integral)
    let acceleration = law.held(pull, share: 1) + setpoint.acceleration
    let resistance = lead.resistance(of: setpoint, at: now)
    let force = mass * (acceleration + Vector(0, 0, gravity)) + resistance
    let wanted = RotationMatrix(zAxisAlong: force, heading: setpoint.yaw) ?? now
    var rates = now.inverse(lead.tilting(setpoint))
    rates.z += wanted.turnRate(ofHeading: setpoint.yawRate)
    return law.rotorSpeeds(
      for: state, error: wanted.tiltAndHeading(from: now), thrust: force.dot(now.zAxis),
      rates: rates)
  }
}
