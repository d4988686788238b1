public import Drone
public import SpatialMath

/// The law of ``CascadedPID``, without what it remembers: it serves one drone or a group of them, with
/// the same bits.
@usableFromInline
package struct CascadedLaw: Sendable {
  /// The gains.
  @usableFromInline package var gains: CascadedGains
  /// The weight that thrust carries. [N]
  @usableFromInline package var weight: Double
  /// The thrust of a rotor, per speed squared. [N/rpm²]
  @usableFromInline package var thrustCoefficient: Double
  /// What each rotor gives to roll, pitch and yaw torque. [–]
  @usableFromInline package var mixer: PerRotor<Vector<Body, Double>>

  /// The law of a model. [m/s²]
  package init(
    model: QuadcopterModel, gravity: Double, gains: CascadedGains = .crazyflie
  ) {
    self.gains = gains
    weight = gravity * model.mass
    thrustCoefficient = model.thrustCoefficient
    mixer = model.rotors.map(Self.mixerRow)
  }

  /// The law of these numbers. [N, N/rpm²]
  package init(
    gains: CascadedGains, weight: Double, thrustCoefficient: Double,
    mixer: PerRotor<Vector<Body, Double>>
  ) {
    (self.gains, self.weight) = (gains, weight)
    (self.thrustCoefficient, self.mixer) = (thrustCoefficient, mixer)
  }

  /// What a rotor gives to roll, pitch and yaw torque, by where it stands and how it turns.
  private static func mixerRow(of rotor: Rotor) -> Vector<Body, Double> {
    let (x, y) = (rotor.position.x, rotor.position.y)
    let share = x != 0 && y != 0 ? 0.5 : 1
    let roll = y > 0 ? share : y < 0 ? -share : 0
    let pitch = x > 0 ? -share : x < 0 ? share : 0
    return Vector(roll, pitch, rotor.spin.yawSign)
  }

  /// The rotor speeds that take drones to a goal. [rpm]
  ///
  /// - Parameters:
  ///   - state: How they move now.
  ///   - goal: How they should move.
  ///   - memory: What they remember.
  ///   - factors: What the gains are multiplied with.
  ///   - period: The time until the next call. [s]
  /// - Returns: The speeds. [rpm]
  @inlinable
  package func rotorSpeeds<S: Lanes>(
    for state: DroneState<S>, towards goal: Goal<S>, memory: inout LoopMemory<S>,
    factors: CascadedFactors<S>, every period: Double
  ) -> PerRotor<S> {
    let attitude = RotationMatrix(state.attitude)
    let force = force(
      for: state, towards: goal, integral: &memory.positionIntegral, factors: factors.position,
      every: period)
    let thrust = force.dot(attitude.zAxis).raised(to: .zero)
    let signal =
      ((thrust / S(4 * thrustCoefficient)).squareRoot() - S(gains.idleSpeed))
      / S(gains.speedPerSignal)
    let wanted = RotationMatrix(zAxisAlong: force, heading: goal.yaw, otherwise: attitude)
    let torque = torque(
      for: state, error: wanted.twiceError(of: attitude), memory: &memory,
      factors: factors.attitude, every: period)
    let (lowest, highest) = (S(gains.signalRange.lowerBound), S(gains.signalRange.upperBound))
    return mixer.map { row in
      let pwm = (signal + row.map { S($0) }.dot(torque)).clamped(from: lowest, to: highest)
      return S(gains.speedPerSignal) * pwm + S(gains.idleSpeed)
    }
  }

  /// The attitude that is asked for: its z axis along the force, its x axis towards the heading.
  ///
  /// - Parameters:
  ///   - state: How a drone moves now.
  ///   - goal: How it should move.
  ///   - memory: What is remembered of it, before the call of ``rotorSpeeds(for:towards:memory:factors:every:)``.
  ///   - period: The time until the next call. [s]
  /// - Returns: The attitude.
  package func wantedAttitude(
    for state: DroneState<Double>, towards goal: Goal<Double>, memory: LoopMemory<Double>,
    every period: Double
  ) -> RotationMatrix<Body, World, Double> {
    var integral = memory.positionIntegral
    let force = force(
      for: state, towards: goal, integral: &integral, factors: .one, every: period)
    return RotationMatrix(
      zAxisAlong: force, heading: goal.yaw, otherwise: RotationMatrix(state.attitude))
  }

  @inlinable @inline(__always)
  func force<S: Lanes>(
    for state: DroneState<S>, towards goal: Goal<S>, integral: inout Vector<World, S>,
    factors: PIDFactors<S>, every period: Double
  ) -> Vector<World, S> {
    let error = goal.position - state.position
    integral = (integral + S(period) * error).clamped(to: gains.positionIntegralLimit)
    let (p, i, d) = factors.scaled(gains.position)
    return p.scaled(by: error) + i.scaled(by: integral)
      + d.scaled(by: goal.velocity - state.velocity) + Vector(.zero, .zero, S(weight))
  }

  @inlinable @inline(__always)
  func torque<S: Lanes>(
    for state: DroneState<S>, error: Vector<Body, S>, memory: inout LoopMemory<S>,
    factors: PIDFactors<S>, every period: Double
  ) -> Vector<Body, S> {
    let now = RollPitchYaw(state.attitude)
    let angles = Vector<Body, S>(now.roll, now.pitch, now.yaw)
    let rates = S(1 / period) * (angles - memory.lastAngles)
    memory.lastAngles = angles
    memory.attitudeIntegral = (memory.attitudeIntegral + S(-period) * error)
      .clamped(to: gains.attitudeIntegralLimit)
    let (p, i, d) = factors.scaled(gains.attitude)
    let torque =
      i.scaled(by: memory.attitudeIntegral) - p.scaled(by: error) - d.scaled(by: rates)
    return torque.clamped(from: S(-gains.torqueLimit), to: S(gains.torqueLimit))
  }
}

/// What the gains of ``CascadedLaw`` are multiplied with, for each drone on its own.
@usableFromInline
package struct CascadedFactors<S: Lanes>: Sendable, BitwiseCopyable {
  /// On the gains of the position loop.
  @usableFromInline package var position: PIDFactors<S>
  /// On the gains of the attitude loop.
  @usableFromInline package var attitude: PIDFactors<S>

  /// These factors.
  @inlinable @inline(__always)
  package init(position: PIDFactors<S>, attitude: PIDFactors<S>) {
    (self.position, self.attitude) = (position, attitude)
  }

  /// What leaves gains as they are.
  @inlinable @inline(__always)
  package static var one: Self { Self(position: .one, attitude: .one) }
}

/// What the gains of one loop are multiplied with, along all axes.
@usableFromInline
package struct PIDFactors<S: Lanes>: Sendable, BitwiseCopyable {
  /// On the gain on the error. [–]
  @usableFromInline package var p: S
  /// On that on its integral. [–]
  @usableFromInline package var i: S
  /// On that on its derivative. [–]
  @usableFromInline package var d: S

  /// These factors.
  @inlinable @inline(__always)
  package init(p: S, i: S, d: S) { (self.p, self.i, self.d) = (p, i, d) }

  /// What leaves gains as they are.
  @inlinable @inline(__always)
  package static var one: Self { Self(p: .one, i: .one, d: .one) }

  @inlinable @inline(__always)
  func scaled<F: Frame>(
    _ gains: PIDGains<F>
  ) -> (p: Vector<F, S>, i: Vector<F, S>, d: Vector<F, S>) {
    (p * gains.p.map { S($0) }, i * gains.i.map { S($0) }, d * gains.d.map { S($0) })
  }
}

extension Vector {
  /// The vector with every component held within a bound of its own on either side.
  @inlinable @inline(__always)
  func clamped(to bound: Vector<F, Double>) -> Self {
    Self(
      x.clamped(from: S(-bound.x), to: S(bound.x)), y.clamped(from: S(-bound.y), to: S(bound.y)),
      z.clamped(from: S(-bound.z), to: S(bound.z)))
  }
}
