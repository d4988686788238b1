import Drone
import SpatialMath

/// Newton's and Euler's equations of a rigid body, a step at a time.
///
/// Semi-implicit: velocities from the forces at the start of the step, then positions from the new
/// velocities. Free fall from rest is z = z₀ − g dt² n (n + 1) / 2 after n steps.
struct NewtonEuler: BitwiseCopyable {
  /// The length of a step. [s]
  private let period: Double
  private let gravity: Double
  private let damping: Double
  private let gyroscopicTerm: FlightPhysics.GyroscopicTerm
  private let velocityLimit: Double?
  private let rotationLimit: Double?
  /// Whether the principal axes of some drone are not its body's.
  private let hasTurnedAxes: Bool
  /// Whether rotors carry angular momentum.
  private let hasRotorMomentum: Bool

  // Its own numbers, not the physics as a whole: a step copies them, and must not count references.
  init(
    physics: FlightPhysics, period: Double, hasTurnedAxes: Bool, hasRotorMomentum: Bool
  ) {
    (self.period, self.hasTurnedAxes) = (period, hasTurnedAxes)
    self.hasRotorMomentum = hasRotorMomentum
    (gravity, damping) = (physics.gravity, physics.damping)
    gyroscopicTerm = physics.gyroscopicTerm
    (velocityLimit, rotationLimit) = (physics.velocityLimit, physics.rotationLimit)
  }

  /// The velocities at the end of a step under a wrench, contacts aside.
  ///
  ///     v' = v + dt (R F / m − g z − K (1 + |v|) v)
  ///     ω' = ω + dt (I⁻¹ (τ − ω × (I ω + h z)) − K (1 + |ω|) ω)
  ///
  /// with ω, F and τ along the body's axes and the rotors' angular momentum h along z. Without
  /// `mayHaveTurnedAxes` the principal axes of all drones are their body's.
  @inline(__always)
  func accelerate<S: Lanes>(
    _ state: inout DroneState<S>, by wrench: Wrench<Body, S>,
    attitude: RotationMatrix<Body, World, S>, parameters: DroneParameters<S>, rotorMomentum: S,
    mayHaveTurnedAxes: Bool
  ) {
    var acceleration = parameters.inverseMass * attitude(wrench.force)
    acceleration.z = acceleration.z - S(gravity)
    var rates = newRates(
      state.bodyRates, torque: wrench.torque, parameters: parameters, rotorMomentum: rotorMomentum,
      mayHaveTurnedAxes: mayHaveTurnedAxes)
    if damping > 0 {
      let k = S(damping)
      acceleration += -(k + k * state.velocity.norm) * state.velocity
      rates += S(-period) * (k + k * state.bodyRates.norm) * state.bodyRates
    }
    state.velocity += S(period) * acceleration
    state.bodyRates = rates
    if let limit = velocityLimit { hold(&state, below: S(limit), attitude: attitude) }
  }

  /// The pose at the end of a step, from the velocities there: the attitude by the exponential map.
  @inline(__always)
  func move<S: Lanes>(_ state: inout DroneState<S>) {
    state.position += S(period) * state.velocity
    var turn = S(period) * state.bodyRates
    if let limit = rotationLimit {
      let angle = turn.norm
      turn = turn.replacing(
        with: (S(limit) / angle.raised(to: S(limit))) * turn, where: S(limit) .< angle)
    }
    state.attitude = state.attitude.after(Rotation(rotationVector: turn)).renormalized
  }

  /// The body rates after a step under a torque, by Euler's equations.
  @inline(__always)
  private func newRates<S: Lanes>(
    _ rates: Vector<Body, S>, torque: Vector<Body, S>, parameters: DroneParameters<S>,
    rotorMomentum: S, mayHaveTurnedAxes: Bool
  ) -> Vector<Body, S> {
    let gyroscope = Gyroscope(parameters: parameters, period: S(period))
    if mayHaveTurnedAxes, hasTurnedAxes {
      return turnedRates(
        rates, torque: torque, gyroscope: gyroscope, axes: parameters.principalAxes,
        rotorMomentum: rotorMomentum)
    }
    let push = gyroscope.inverse.scaled(by: torque)
    guard hasRotorMomentum else {
      return advanced(rates) { (w: Vector<Body, S>) in gyroscope.change(of: w, under: push) }
    }
    let spin = Vector<Body, S>(.zero, .zero, rotorMomentum)
    return advanced(rates) { (w: Vector<Body, S>) in
      gyroscope.change(of: w, under: push, spin: spin)
    }
  }

  /// The body rates after a step of bodies whose principal axes are not the body's: as along those axes.
  // Not with all parameters, which would be copied for it in every step.
  @inline(never)
  private func turnedRates<S: Lanes>(
    _ rates: Vector<Body, S>, torque: Vector<Body, S>, gyroscope: Gyroscope<S>,
    axes: Rotation<Body, Body, S>, rotorMomentum: S
  ) -> Vector<Body, S> {
    let axes = RotationMatrix(axes)
    let push = gyroscope.inverse.scaled(by: axes.inverse(torque))
    let spin = rotorMomentum * axes.zRow
    return axes(
      advanced(axes.inverse(rates)) { (w: Vector<Body, S>) in
        gyroscope.change(of: w, under: push, spin: spin)
      })
  }

  /// The rates after a step, of which `change` says what it adds to some rates.
  @inline(__always)
  private func advanced<S: Lanes>(
    _ rates: Vector<Body, S>, change: (Vector<Body, S>) -> Vector<Body, S>
  ) -> Vector<Body, S> {
    let k1 = change(rates)
    switch gyroscopicTerm {
    case .firstOrder: return rates + k1
    case .thirdOrder:
      let k2 = change(rates + S(0.5) * k1)
      let k3 = change(rates + (S(2) * k2 - k1))
      return rates + S(1.0 / 6) * (k1 + S(4) * k2 + k3)
    }
  }

  /// A body that turns, along its principal axes.
  private struct Gyroscope<S: Lanes> {
    /// What two rates of 1 rad/s add to the third, dt (Iz − Iy) / Ix, and so on round. [rad/s]
    let coupling: Vector<Body, S>
    /// dt I⁻¹. [s/(kg·m²)]
    let inverse: Vector<Body, S>

    @inline(__always)
    init(parameters: DroneParameters<S>, period: S) {
      let inertia = parameters.inertia
      inverse = period * parameters.inverseInertia
      coupling = inverse.scaled(
        by: Vector(inertia.z - inertia.y, inertia.x - inertia.z, inertia.y - inertia.x))
    }

    /// What a step at some rates adds to the rates, without rotors, under a torque that alone adds
    /// `push` = dt I⁻¹ τ. [rad/s]
    @inline(__always)
    func change(of w: Vector<Body, S>, under push: Vector<Body, S>) -> Vector<Body, S> {
      push - coupling.scaled(by: Vector(w.y * w.z, w.z * w.x, w.x * w.y))
    }

    /// The same with rotors that carry an angular momentum. [rad/s, for N·m·s]
    @inline(__always)
    func change(
      of w: Vector<Body, S>, under push: Vector<Body, S>, spin: Vector<Body, S>
    ) -> Vector<Body, S> {
      change(of: w, under: push) - inverse.scaled(by: w.cross(spin))
    }
  }

  /// Holds the world components of both velocities between −limit and limit.
  @inline(__always)
  private func hold<S: Lanes>(
    _ state: inout DroneState<S>, below limit: S, attitude: RotationMatrix<Body, World, S>
  ) {
    state.velocity = state.velocity.clamped(from: -limit, to: limit)
    let isFast = limit * limit .< state.bodyRates.squaredNorm
    guard isFast.any else { return }
    let held = attitude(state.bodyRates).clamped(from: -limit, to: limit)
    state.bodyRates = state.bodyRates.replacing(with: attitude.inverse(held), where: isFast)
  }
}
