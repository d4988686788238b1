import SpatialMath

/// What acts on a drone besides its model, as far as its log up to each row tells.
struct MotionObserver: Sendable {
  /// What is believed after a row.
  struct Belief: Sendable {
    /// Slow disturbances of angular acceleration. [rad/s²]
    var slow: Vector<Body, Double>
    /// Fast ones, which decay. [rad/s²]
    var fast: Vector<Body, Double>
    /// The bias of acceleration along x and y. [m/s²]
    var (sidewaysX, sidewaysY): (Double, Double)
    /// The thrust over that of the model. [–]
    var thrustScale: Double
  }

  /// What is believed, row by row.
  let beliefs: [Belief]

  /// Follows a log.
  init(
    _ motion: LoggedMotion, rotors: RotorSignals, _ equations: FlightEquations,
    _ numbers: ObserverNumbers
  ) {
    var state = State(motion, equations, numbers)
    var beliefs = [state.belief]
    for row in 1..<motion.times.count {
      state.advanceRates(to: row, motion, rotors, equations)
      state.advanceVelocity(to: row, motion, rotors, equations)
      beliefs.append(state.belief)
    }
    self.beliefs = beliefs
  }

  /// The mean of some quantity of all rows from 1 s on.
  func mean(_ quantity: (Belief) -> Double, of motion: LoggedMotion) -> Double {
    let rows = motion.times.indices.filter { motion.times[$0] >= motion.times[0] + 1 }
    return rows.map { quantity(beliefs[$0]) }.reduce(0, +) / Double(max(1, rows.count))
  }
}

private struct State {
  var (x, y, z): (RateFilter, RateFilter, RateFilter)
  var velocity: Vector<World, Double>
  var (sideX, sideY, lift): (BiasFilter, BiasFilter, BiasFilter)
  var (biasX, biasY, scale) = (0.0, 0.0, 1.0)

  init(_ motion: LoggedMotion, _ equations: FlightEquations, _ numbers: ObserverNumbers) {
    let (w, d) = (motion.rates[0], equations.damping)
    x = RateFilter(at: w.x, damping: d.x, fast: numbers.fast, numbers)
    y = RateFilter(at: w.y, damping: d.y, fast: numbers.fast, numbers)
    z = RateFilter(at: w.z, damping: d.z, fast: numbers.fastYaw, numbers)
    velocity = motion.velocities[0]
    sideX = BiasFilter(variance: 1, drift: numbers.sideways)
    sideY = sideX
    lift = BiasFilter(variance: 0.01, drift: numbers.thrust)
  }

  var belief: MotionObserver.Belief {
    .init(
      slow: Vector(x.slow, y.slow, z.slow), fast: Vector(x.fast, y.fast, z.fast),
      sidewaysX: biasX, sidewaysY: biasY, thrustScale: scale)
  }

  mutating func advanceRates(
    to row: Int, _ motion: LoggedMotion, _ rotors: RotorSignals, _ equations: FlightEquations
  ) {
    let (from, to) = (motion.times[row - 1], motion.times[row])
    let w = 0.5 * (motion.rates[row - 1] + motion.rates[row])
    let u = 0.5 * (motion.bodyVelocities[row - 1] + motion.bodyVelocities[row])
    let moved = equations.response(
      velocity: u, rates: w, momentum: rotors.momentum.mean(from: from, to: to))
    let gyro = motion.rates[row]
    x.advance(
      to - from, acceleration: rotors.roll.mean(from: from, to: to) + moved.x, measured: gyro.x)
    y.advance(
      to - from, acceleration: rotors.pitch.mean(from: from, to: to) + moved.y, measured: gyro.y)
    let turn = rotors.yaw.mean(from: from, to: to) + rotors.kick.mean(from: from, to: to)
    z.advance(to - from, acceleration: turn, measured: gyro.z)
  }

  mutating func advanceVelocity(
    to row: Int, _ motion: LoggedMotion, _ rotors: RotorSignals, _ equations: FlightEquations
  ) {
    let (from, to) = (motion.times[row - 1], motion.times[row])
    let (time, attitude) = (to - from, motion.attitudes[row])
    let thrust = rotors.thrust.mean(from: from, to: to)
    let u = 0.5 * (motion.bodyVelocities[row - 1] + motion.bodyVelocities[row])
    let drag = equations.drag.scaled(by: u)
    let force = Vector<Body, Double>(biasX - drag.x, biasY - drag.y, scale * thrust - drag.z)
    let push = 0.5 * (motion.attitudes[row - 1](force) + attitude(force))
    velocity += time * (push - Vector(0, 0, FlightEquations.gravity))
    let error = attitude.inverse(motion.velocities[row] - velocity)
    let ofX = sideX.advance(time, gain: time, error: error.x)
    let ofY = sideY.advance(time, gain: time, error: error.y)
    let ofZ = lift.advance(time, gain: time * thrust, error: error.z)
    biasX += ofX.bias
    biasY += ofY.bias
    scale += ofZ.bias
    velocity += attitude(
      Vector(ofX.share * error.x, ofY.share * error.y, ofZ.share * error.z))
  }
}
