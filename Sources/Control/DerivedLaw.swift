public import Drone
public import SpatialMath

/// Position and attitude control of a model at a control period, with the gains that follow.
///
/// It holds what is the same from call to call and from drone to drone, and remembers nothing: it serves
/// one drone or a group of them, with the same bits.
@usableFromInline
package struct DerivedLaw: Sendable, BitwiseCopyable {
  @usableFromInline let gains: DerivedGains
  @usableFromInline let mass: Double
  @usableFromInline let gravity: Double
  @usableFromInline let period: Double
  @usableFromInline let inertia: Vector<Body, Double>
  @usableFromInline let speedMoment: Vector<Body, Double>
  @usableFromInline let drive: RotorDrive

  /// The law of a model.
  ///
  /// - Parameters:
  ///   - model: The vehicle.
  ///   - gravity: The acceleration of free fall. [m/s²]
  ///   - period: The time between calls. [s]
  /// - Throws: ``ControllerError`` where the rotors cannot make every torque.
  package init(
    model: QuadcopterModel, gravity: Double, period: Double
  ) throws(ControllerError) {
    let allocation = try Allocation(model)
    self.init(
      model, gravity: gravity, allocation: allocation, period: period, design: .standard)
  }

  /// The law of a model with some allocation. [m/s², s]
  init(
    _ model: QuadcopterModel, gravity: Double, allocation: Allocation, period: Double,
    design: LoopDesign
  ) {
    (mass, inertia, speedMoment) = (model.mass, model.inertia, model.air.speedMoment)
    (self.gravity, self.period) = (gravity, period)
    drive = RotorDrive(
      model, gravity: gravity, allocation: allocation, period: period, design: design)
    gains = DerivedGains(model, gravity: gravity, drive: drive, design: design)
  }

  /// The rotor speeds that take drones to a goal. [rpm]
  ///
  /// - Parameters:
  ///   - state: How they move now.
  ///   - goal: How they should move.
  ///   - feedforward: The acceleration that goes with the goal. [m/s²]
  ///   - integral: What their errors have summed up to. [m/s²]
  /// - Returns: The speeds. [rpm]
  @inlinable
  package func rotorSpeeds<S: Lanes>(
    for state: DroneState<S>, towards goal: Goal<S>, feedforward: Vector<World, S> = .zero,
    integral: inout Vector<World, S>
  ) -> PerRotor<S> {
    let acceleration = held(
      acceleration(for: state, towards: goal, integral: &integral) + feedforward, share: 1)
    let force = S(mass) * (acceleration + Vector(.zero, .zero, S(gravity)))
    let now = RotationMatrix(state.attitude)
    let wanted = RotationMatrix(zAxisAlong: force, heading: goal.yaw, otherwise: now)
    return rotorSpeeds(
      for: state, error: wanted.tiltAndHeading(from: now), thrust: force.dot(now.zAxis),
      rates: Vector(.zero, .zero, wanted.turnRate(ofHeading: goal.yawRate)))
  }

  /// The rotor speeds that bring an attitude and a thrust about. [rpm]
  ///
  /// - Parameters:
  ///   - state: How the drones move now.
  ///   - attitude: The attitude that is wanted.
  ///   - thrust: The thrust of all rotors that is wanted. [N]
  ///   - rates: The body rates that go with it. [rad/s]
  /// - Returns: The speeds. [rpm]
  @inlinable
  package func rotorSpeeds<S: Lanes>(
    for state: DroneState<S>, attitude: Rotation<Body, World, S>, thrust: S,
    rates: Vector<Body, S>
  ) -> PerRotor<S> {
    let error = RotationMatrix(attitude).tiltAndHeading(from: RotationMatrix(state.attitude))
    return rotorSpeeds(for: state, error: error, thrust: thrust, rates: rates)
  }

  /// The rotor speeds that bring body rates and a thrust about. [rpm]
  ///
  /// - Parameters:
  ///   - state: How the drones move now.
  ///   - rates: The body rates that are wanted. [rad/s]
  ///   - thrust: The thrust of all rotors that is wanted. [N]
  /// - Returns: The speeds. [rpm]
  @inlinable
  package func rotorSpeeds<S: Lanes>(
    for state: DroneState<S>, rates: Vector<Body, S>, thrust: S
  ) -> PerRotor<S> {
    rotorSpeeds(for: state, acceleration: damping(state, to: rates), thrust: thrust)
  }

  /// The law of attitudes in a body that turns about its z axis meanwhile.
  ///
  /// For an error e that points from what is to what is wanted:
  ///
  ///     Ω̇ = k ∘ (ω² ∘ e / k + Ωd − Ω) − Ω_z z × Ω      [rad/s²]
  ///
  /// The last term keeps the rates of roll and pitch what they are in the world while the body's x and y
  /// axes turn away from under them; without it a tilt would be mended in a spiral. The z component of ω² ∘
  /// e / k + Ωd, the turn that the heading asks for, is held within what the loops of roll and pitch bear.
  @inlinable @inline(__always)
  func rotorSpeeds<S: Lanes>(
    for state: DroneState<S>, error: Vector<Body, S>, thrust: S, rates: Vector<Body, S>
  ) -> PerRotor<S> {
    let spring = gains.attitude.scaled(by: gains.attitude).map { S($0) }.scaled(by: error)
    var acceleration = spring + damping(state, to: rates)
    let (now, turn, rate) = (state.bodyRates, state.bodyRates.z, S(gains.rate.z))
    let fastest = S(gains.fastestTurn)
    let wanted = (spring.z / rate + rates.z).clamped(from: -fastest, to: fastest)
    acceleration = Vector(
      acceleration.x + turn * now.y, acceleration.y - turn * now.x, rate * (wanted - turn))
    return rotorSpeeds(for: state, acceleration: acceleration, thrust: thrust)
  }

  /// The angular acceleration that brings body rates about. [rad/s²]
  @inlinable @inline(__always)
  func damping<S: Lanes>(_ state: DroneState<S>, to rates: Vector<Body, S>) -> Vector<Body, S> {
    gains.rate.map { S($0) }.scaled(by: rates - state.bodyRates)
  }

  /// The rotor speeds that bring an angular acceleration and a thrust about, against the speed moment of still
  /// air. [rpm, rad/s², N]
  @inlinable @inline(__always)
  func rotorSpeeds<S: Lanes>(
    for state: DroneState<S>, acceleration: Vector<Body, S>, thrust: S
  ) -> PerRotor<S> {
    let inertia = inertia.map { S($0) }
    let momentum = inertia.scaled(by: state.bodyRates)
    var torque = inertia.scaled(by: acceleration) + state.bodyRates.cross(momentum)
    if speedMoment != .zero {
      let (c, u) = (speedMoment, RotationMatrix(state.attitude).inverse(state.velocity))
      torque += Vector(S(-c.x) * u.y, S(c.y) * u.x, .zero)
    }
    return drive.speeds(thrust: thrust, torque: torque, from: state.rotorSpeeds)
  }

  /// The acceleration that mends position errors. [m/s²]
  ///
  ///     a = ω² e + k ė + kI ∫e dt      [m/s²]
  ///
  /// The first term is held within what thrust can spare, so that a far target is approached at a steady
  /// speed, and errors are only summed up where it is not held.
  @inlinable @inline(__always)
  func acceleration<S: Lanes>(
    for state: DroneState<S>, towards goal: Goal<S>, integral: inout Vector<World, S>
  ) -> Vector<World, S> {
    let error = goal.position - state.position
    let pull = gains.position.scaled(by: gains.position).map { S($0) }.scaled(by: error)
    let heldPull = held(pull, share: gains.pullShare)
    let sum = integral + S(period) * gains.integral.map { S($0) }.scaled(by: error)
    integral = integral.replacing(
      with: held(sum, share: gains.pullShare), where: heldPull.isEqual(to: pull))
    let damping =
      gains.velocity.map { S($0) }.scaled(by: goal.velocity - state.velocity)
    return heldPull + damping + integral
  }

  /// An acceleration within a share of what thrust can spare. [m/s²]
  @inlinable @inline(__always)
  func held<S: Lanes>(_ a: Vector<World, S>, share: Double) -> Vector<World, S> {
    let level = (a.x * a.x + a.y * a.y).squareRoot()
    let limit = S(share * gains.sideways)
    let scale = S.one.replacing(with: limit / level, where: limit .< level)
    return Vector(
      scale * a.x, scale * a.y,
      a.z.clamped(from: S(-share * gains.sinkShare * gravity), to: S(share * gains.upwards)))
  }
}

extension Vector {
  /// Where all components are the same.
  @inlinable @inline(__always)
  func isEqual(to other: Self) -> S.Mask {
    x.isEqual(to: other.x) .& y.isEqual(to: other.y) .& z.isEqual(to: other.z)
  }
}

extension Lanes {
  @inlinable @inline(__always)
  func isEqual(to other: Self) -> Mask { (self .<= other) .& (other .<= self) }
}
