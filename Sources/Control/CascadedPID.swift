public import Drone
public import SpatialMath

/// Position and attitude control of a Crazyflie by two cascaded PID loops.
///
/// The position loop asks for a force
///
///     F = P e + I ∫e dt + D ė + m g z      [N]
///
/// whose part along the body's z axis becomes thrust, and whose direction, with the wanted heading,
/// becomes the wanted attitude Rd. The attitude loop works on e_R = vee(Rdᵀ R − Rᵀ Rd) and on the
/// differences of roll, pitch and yaw, in the units of the Crazyflie's motor signal (PWM counts), and
/// a mixer hands thrust and torques to the rotors: Ω = 0.2685 PWM + 4070.3 [rpm].
///
/// The law, gains and limits of gym-pybullet-drones' `DSLPIDControl`, to the last digits.
///
/// - J. Panerati et al., "Learning to Fly", IROS 2021,
///   [arXiv:2103.02142](https://arxiv.org/abs/2103.02142).
public struct CascadedPID: Controller {
  private let gains: Gains
  private let weight: Double
  private let thrustCoefficient: Double
  private let mixer: PerRotor<Vector<Body, Double>>
  package var positionIntegral = Vector<World, Double>.zero
  package var attitudeIntegral = Vector<Body, Double>.zero
  package var lastAngles = Vector<Body, Double>.zero

  /// A controller for a model.
  ///
  /// - Parameters:
  ///   - model: The vehicle.
  ///   - gravity: The acceleration of free fall. [m/s²]
  ///   - gains: The gains.
  public init(model: QuadcopterModel, gravity: Double, gains: Gains = .crazyflie) {
    self.gains = gains
    weight = gravity * model.mass
    thrustCoefficient = model.thrustCoefficient
    mixer = model.rotors.map(Self.mixerRow)
  }

  /// Whether the gains, which are in counts of the Crazyflie 2.x's motor signal, belong to a model: one
  /// with its rotors, and about its mass and inertia.
  public static func fits(_ model: QuadcopterModel) -> Bool {
    let thrust = model.meanThrust
    return model.rotorLag == .none && thrust.slope == 0
      && (3e-10...3.3e-10).contains(thrust.coefficient) && (0.022...0.035).contains(model.mass)
      && (1e-5...3e-5).contains(model.inertia.x) && (1e-5...3e-5).contains(model.inertia.y)
  }

  public mutating func reset() {
    positionIntegral = .zero
    attitudeIntegral = .zero
    lastAngles = .zero
  }

  public mutating func rotorSpeeds(
    for state: DroneState<Double>, tracking setpoint: Setpoint, at time: Double,
    every period: Double
  ) -> PerRotor<Double> {
    let attitude = RotationMatrix(state.attitude)
    let force = force(for: state, tracking: setpoint, every: period)
    let thrust = max(0, force.dot(attitude.zAxis))
    let signal =
      ((thrust / (4 * thrustCoefficient)).squareRoot() - gains.idleSpeed) / gains.speedPerSignal
    let wanted = RotationMatrix(zAxisAlong: force, heading: setpoint.yaw) ?? attitude
    let torque = torque(for: state, attitude: attitude, wanted: wanted, every: period)
    return mixer.map { row in
      let pwm = (signal + row.dot(torque))
        .clamped(from: gains.signalRange.lowerBound, to: gains.signalRange.upperBound)
      return gains.speedPerSignal * pwm + gains.idleSpeed
    }
  }

  /// What a rotor gives to roll, pitch and yaw torque, by where it stands and how it turns.
  private static func mixerRow(of rotor: Rotor) -> Vector<Body, Double> {
    let (x, y) = (rotor.position.x, rotor.position.y)
    let share = x != 0 && y != 0 ? 0.5 : 1
    let roll = y > 0 ? share : y < 0 ? -share : 0
    let pitch = x > 0 ? -share : x < 0 ? share : 0
    return Vector(roll, pitch, rotor.spin.yawSign)
  }

  private mutating func force(
    for state: DroneState<Double>, tracking setpoint: Setpoint, every period: Double
  ) -> Vector<World, Double> {
    let error = setpoint.position - state.position
    let bound = gains.positionIntegralLimit
    positionIntegral += period * error
    positionIntegral = Vector(
      positionIntegral.x.clamped(from: -bound.x, to: bound.x),
      positionIntegral.y.clamped(from: -bound.y, to: bound.y),
      positionIntegral.z.clamped(from: -bound.z, to: bound.z))
    return gains.position.p.scaled(by: error) + gains.position.i.scaled(by: positionIntegral)
      + gains.position.d.scaled(by: setpoint.velocity - state.velocity) + Vector(0, 0, weight)
  }

  private mutating func torque(
    for state: DroneState<Double>, attitude r: RotationMatrix<Body, World, Double>,
    wanted d: RotationMatrix<Body, World, Double>, every period: Double
  ) -> Vector<Body, Double> {
    let error = d.twiceError(of: r)
    let now = RollPitchYaw(state.attitude)
    let angles = Vector<Body, Double>(now.roll, now.pitch, now.yaw)
    let rates = (1 / period) * (angles - lastAngles)
    lastAngles = angles
    let bound = gains.attitudeIntegralLimit
    attitudeIntegral += -period * error
    attitudeIntegral = Vector(
      attitudeIntegral.x.clamped(from: -bound.x, to: bound.x),
      attitudeIntegral.y.clamped(from: -bound.y, to: bound.y),
      attitudeIntegral.z.clamped(from: -bound.z, to: bound.z))
    let torque =
      gains.attitude.i.scaled(by: attitudeIntegral) - gains.attitude.p.scaled(by: error)
      - gains.attitude.d.scaled(by: rates)
    return torque.clamped(from: -gains.torqueLimit, to: gains.torqueLimit)
  }
}
