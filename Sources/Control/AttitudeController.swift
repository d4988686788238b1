public import Drone
public import SpatialMath

/// Attitude and thrust control, for any model.
///
/// The torque is that of a damped spring between the attitude and the one that is wanted:
///
///     τ = I (ω² ∘ e + k ∘ (Ωd − Ω) − Ω_z z × Ω) + Ω × I Ω − (c₁ v_y, −c₂ v_x, 0)      [N·m]
///
/// with the turn e from what is to what is wanted: of the z axis by the shortest way, and apart from that
/// of the heading, so that a heading that is far off asks for no roll and pitch. The last term cancels the
/// model's speed moment c at the velocity v along the body's axes, as in still air. Gains follow from the
/// model's inertia, rotor lag, dead time and spare thrust. Where rotors saturate, roll and pitch go before
/// thrust, and thrust before yaw.
public struct AttitudeController: Sendable {
  private let model: QuadcopterModel
  private let gravity: Double
  private let allocation: Allocation
  private let design: LoopDesign
  private var cached: (period: Double, law: DerivedLaw)?

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
  init(model: QuadcopterModel, gravity: Double, design: LoopDesign) throws(ControllerError) {
    allocation = try Allocation(model)
    (self.model, self.gravity, self.design) = (model, gravity, design)
  }

  /// The rotor speeds that bring an attitude and a thrust about. [rpm]
  ///
  /// - Parameters:
  ///   - state: How the drone moves now.
  ///   - attitude: The attitude that is wanted.
  ///   - thrust: The thrust of all rotors that is wanted. [N]
  ///   - rates: The body rates that go with it. [rad/s]
  ///   - period: The time until the next call. [s]
  /// - Returns: The speeds. [rpm]
  public mutating func rotorSpeeds(
    for state: DroneState<Double>, attitude: Rotation<Body, World, Double>, thrust: Double,
    rates: Vector<Body, Double> = .zero, every period: Double
  ) -> PerRotor<Double> {
    law(every: period).rotorSpeeds(for: state, attitude: attitude, thrust: thrust, rates: rates)
  }

  /// The rotor speeds that bring body rates and a thrust about. [rpm]
  ///
  /// - Parameters:
  ///   - state: How the drone moves now.
  ///   - rates: The body rates that are wanted. [rad/s]
  ///   - thrust: The thrust of all rotors that is wanted. [N]
  ///   - period: The time until the next call. [s]
  /// - Returns: The speeds. [rpm]
  public mutating func rotorSpeeds(
    for state: DroneState<Double>, rates: Vector<Body, Double>, thrust: Double,
    every period: Double
  ) -> PerRotor<Double> {
    law(every: period).rotorSpeeds(for: state, rates: rates, thrust: thrust)
  }

  /// The law at a control period. [s]
  mutating func law(every period: Double) -> DerivedLaw {
    if let cached, cached.period == period { return cached.law }
    let law = DerivedLaw(
      model, gravity: gravity, allocation: allocation, period: period, design: design)
    cached = (period, law)
    return law
  }
}
