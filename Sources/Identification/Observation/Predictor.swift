import SpatialMath

/// Predicts how a drone moves from the pulses of its log, and from what its observer believes at the start.
///
/// The share 1 − λ of what torque changes after the start is let through, and roll and pitch rates are damped by
/// κ besides:
///
///     τ = τ₀ + (1 − λ) (τ(t) − τ₀) − κ ω
///
/// with the mean τ₀ of control up to the start and the speed moment there. That is what the law's answer to
/// disturbances which no model sees looks like to a predictor.
struct Predictor {
  static let step = 0.002

  let motion: LoggedMotion
  let equations: FlightEquations
  let rotors: RotorSignals
  let numbers: ObserverNumbers
  private let observer: MotionObserver
  private let meanRoll: [Double]
  private let meanPitch: [Double]

  init(
    _ motion: LoggedMotion, rotors: RotorSignals, _ equations: FlightEquations,
    _ numbers: ObserverNumbers
  ) {
    (self.motion, self.rotors) = (motion, rotors)
    (self.equations, self.numbers) = (equations, numbers)
    observer = MotionObserver(motion, rotors: rotors, equations, numbers)
    meanRoll = rotors.roll.smoothed(over: numbers.reference)
    meanPitch = rotors.pitch.smoothed(over: numbers.reference)
  }

  /// How the drone moves after each of some times. [s, ascending]
  func predictions(from start: Double, after horizons: [Double]) -> [MotionState] {
    var flight = PredictedFlight(from: motion.state(at: start), of: self, at: start)
    var predictions: [MotionState] = []
    var steps = 0
    for horizon in horizons {
      let end = Int((horizon / Self.step).rounded())
      while steps < end {
        flight.advance(steps)
        steps += 1
      }
      predictions.append(flight.state)
    }
    return predictions
  }

  fileprivate struct PredictedFlight {
    var state: MotionState
    let predictor: Predictor
    let index: Int
    let belief: MotionObserver.Belief
    let reference: (roll: Double, pitch: Double)
    let decay: Double
    var fast: Vector<Body, Double>

    init(from state: MotionState, of predictor: Predictor, at start: Double) {
      (self.state, self.predictor) = (state, predictor)
      let grid = predictor.rotors.roll
      index = min(
        max(0, Int(((start - grid.start) / Predictor.step).rounded())), grid.values.count - 1)
      belief = predictor.observer.beliefs[predictor.motion.lastRow(at: start)]
      fast = belief.fast
      decay = (-Predictor.step / predictor.numbers.fastTime).exponential()
      let u = state.attitude.inverse(state.velocity)
      let c = predictor.equations.speedMoment
      reference = (
        predictor.meanRoll[index] + c.x * u.y, predictor.meanPitch[index] - c.y * u.x
      )
    }

    /// Makes one step, with numbers of the grid at that many steps after the start.
    mutating func advance(_ steps: Int) {
      let (equations, numbers) = (predictor.equations, predictor.numbers)
      let rotors = predictor.rotors
      let k = min(index + steps, rotors.roll.values.count - 1)
      let (w, h) = (state.rates, rotors.momentum.values[k])
      let u = state.attitude.inverse(state.velocity)
      let c = equations.speedMoment
      let roll = rotors.roll.values[k] + c.x * u.y
      let pitch = rotors.pitch.values[k] - c.y * u.x
      let open = 1 - numbers.hold
      let damping = equations.damping
      let turn = Vector<Body, Double>(
        reference.roll + open * (roll - reference.roll) - (damping.x + numbers.damping) * w.x
          + w.y * h / equations.inertia.x + belief.slow.x + fast.x,
        reference.pitch + open * (pitch - reference.pitch) - (damping.y + numbers.damping) * w.y
          - w.x * h / equations.inertia.y + belief.slow.y + fast.y,
        (1 - min(1, numbers.holdYaw))
          * (rotors.yaw.values[k] + rotors.kick.values[k] - damping.z * w.z + belief.slow.z
            + fast.z))
      let drag = equations.drag.scaled(by: u)
      let force = Vector<Body, Double>(
        belief.sidewaysX - drag.x, belief.sidewaysY - drag.y,
        belief.thrustScale * rotors.thrust.values[k] - drag.z)
      let push = state.attitude(force) - Vector(0, 0, FlightEquations.gravity)
      let step = Predictor.step
      state.rates += step * turn
      state.velocity += step * push
      state.position += step * state.velocity
      state.attitude = state.attitude.turned(by: step * state.rates)
      fast = decay * fast
    }
  }
}

extension RotationMatrix where Source == Body, Target == World, S == Double {
  /// The attitude after a turn by a rotation vector along the body's axes. [rad]
  func turned(by vector: Vector<Body, Double>) -> Self {
    let turn = RotationMatrix<Body, Body, Double>(
      Rotation<Body, Body, Double>(rotationVector: vector))
    return Self(
      xRow: turn.inverse(xRow), yRow: turn.inverse(yRow), zRow: turn.inverse(zRow))
  }

  /// The angle to another attitude. [rad]
  func angle(to other: Self) -> Double {
    let (a, b) = (self, other)
    // m = selfᵀ other, column by column.
    let (mx, my, mz) = (a.inverse(b.xAxis), a.inverse(b.yAxis), a.inverse(b.zAxis))
    let v = Vector<Body, Double>(my.z - mz.y, mz.x - mx.z, mx.y - my.x)
    return Double.arcTangent(y: v.norm, x: mx.x + my.y + mz.z - 1)
  }
}
