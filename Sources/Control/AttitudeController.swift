public import Drone
public import SpatialMath

/// Attitude and thrust control, for any model.
///
/// The torque is that of a damped spring between the attitude and the one that is wanted:
///
///     τ = I (ω² ∘ e + k ∘ (Ωd − Ω)) + Ω × I Ω      [N·m]
///
/// with the rotation vector e from what is to what is wanted, and gains that follow from the model's
/// inertia, rotor lag and spare thrust. Where rotors saturate, roll and pitch go before thrust, and
/// thrust before yaw.
public struct AttitudeController: Sendable {
  private let model: QuadcopterModel
  private let gravity: Double
  private let drive: RotorDrive
  private var cached: (period: Double, gains: DerivedGains)?

  /// A controller for a model.
  ///
  /// - Parameters:
  ///   - model: The vehicle.
  ///   - gravity: The acceleration of free fall. [m/s²]
  /// - Throws: ``ControllerError`` where the rotors cannot make every torque.
  public init(model: QuadcopterModel, gravity: Double) throws(ControllerError) {
    guard let drive = RotorDrive(model, gravity: gravity) else {
      throw ControllerError(
        "the rotors of \(model.name) cannot make thrust and all three torques independently")
    }
    (self.model, self.gravity, self.drive) = (model, gravity, drive)
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
    let error = RotationMatrix(attitude).springError(of: RotationMatrix(state.attitude))
    return rotorSpeeds(for: state, error: error, thrust: thrust, rates: rates, every: period)
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
    rotorSpeeds(for: state, error: .zero, thrust: thrust, rates: rates, every: period)
  }

  /// The law itself, for an attitude error e that points from what is to what is wanted.
  mutating func rotorSpeeds(
    for state: DroneState<Double>, error: Vector<Body, Double>, thrust: Double,
    rates: Vector<Body, Double>, every period: Double
  ) -> PerRotor<Double> {
    let gains = gains(every: period)
    let spring = gains.attitude.scaled(by: gains.attitude).scaled(by: error)
    let damping = gains.rate.scaled(by: rates - state.bodyRates)
    let momentum = model.inertia.scaled(by: state.bodyRates)
    let torque =
      model.inertia.scaled(by: spring + damping) + state.bodyRates.cross(momentum)
    return drive.speeds(
      thrust: thrust, torque: torque, from: state.rotorSpeeds, every: period)
  }

  /// The gains for a control period. [s]
  mutating func gains(every period: Double) -> DerivedGains {
    if let cached, cached.period == period { return cached.gains }
    let gains = DerivedGains(model, gravity: gravity, drive: drive, period: period)
    cached = (period, gains)
    return gains
  }
}
