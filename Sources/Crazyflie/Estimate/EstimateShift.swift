package import Drone
package import SpatialMath

/// How far the estimate is from how the drone moves: nothing, until a client measures its pose.
///
/// With a shift c and a turn Q,
///
///     p̂ = Q p + c,   v̂ = Q v,   q̂ = Q q
///
/// A measured position z of the deviation σ moves the shift as it moves a state of a Kalman filter that drifts,
///
///     K = P / (P + σ²),   c ← c + K (z − p̂),   P ← (1 − K) P      [m, m²]
///
/// where P is 1 m² at first, and grows by 10⁻⁴ m² a second: the first position is believed, and at a
/// hundred a second of 1 cm, each moves the estimate by a tenth of the way. A measured attitude turns Q
/// by such a share of the way about the drone, with 1 rad² and 10⁻⁴ rad² a second.
package struct EstimateShift: Sendable {
  /// The shift c. [m]
  package private(set) var shift = Vector<World, Double>.zero
  /// The turn Q.
  package private(set) var turn = Rotation<World, World, Double>.identity
  /// How sure the position is.
  private var position = Certainty()
  /// How sure the attitude is.
  private var attitude = Certainty()

  /// No shift and no turn.
  package init() {}

  /// The variance of the position; 0 where nothing was measured. [m²]
  package func variance(at time: Double) -> Double { position.variance(at: time) ?? 0 }

  /// What is believed of a motion.
  package func estimate(_ state: DroneState<Double>) -> DroneState<Double> {
    var estimate = state
    estimate.position = turn(state.position) + shift
    estimate.velocity = turn(state.velocity)
    estimate.attitude = turn.after(state.attitude)
    return estimate
  }

  /// Takes in a measured position.
  ///
  /// - Parameters:
  ///   - measured: The position. [m]
  ///   - deviation: Its deviation, above 0. [m]
  ///   - state: How the drone moves now.
  ///   - time: Now. [s]
  package mutating func take(
    position measured: Vector<World, Double>, deviation: Double, of state: DroneState<Double>,
    at time: Double
  ) {
    let gain = position.gain(deviation: deviation, at: time)
    shift = shift + gain * (measured - estimate(state).position)
  }

  /// Takes in a measured attitude; the position stays where it is.
  ///
  /// - Parameters:
  ///   - measured: The attitude.
  ///   - deviation: Its deviation, above 0. [rad]
  ///   - state: How the drone moves now.
  ///   - time: Now. [s]
  package mutating func take(
    attitude measured: Rotation<Body, World, Double>, deviation: Double,
    of state: DroneState<Double>, at time: Double
  ) {
    let gain = attitude.gain(deviation: deviation, at: time)
    let here = estimate(state)
    let error = measured.after(here.attitude.inverse)
    // A share of the way from no rotation to the error, the short way.
    let share = error.w < 0 ? -gain : gain
    let step = Rotation<World, World, Double>(
      x: share * error.x, y: share * error.y, z: share * error.z,
      w: 1 - gain + share * error.w)
    turn = step.after(turn).normalized
    shift = here.position - turn(state.position)
  }

  /// Begins again: the estimate is how the drone moves, but for what a client says of it.
  ///
  /// - Parameters:
  ///   - initial: What the client says.
  ///   - state: How the drone moves.
  package mutating func reset(to initial: InitialPose, of state: DroneState<Double>) {
    self = EstimateShift()
    if let yaw = initial.yaw {
      turn = Rotation(rotationVector: Vector(0, 0, yaw - RollPitchYaw(state.attitude).yaw))
    }
    let p = state.position
    let place = Vector<World, Double>(initial.x ?? p.x, initial.y ?? p.y, initial.z ?? p.z)
    shift = place - turn(p)
  }

  /// A variance that grows, and shrinks with each measurement.
  private struct Certainty: Sendable {
    /// The variance after the last measurement, and when that was. [unit², s]
    private var last: (variance: Double, time: Double)?

    private static let (first, growth) = (1.0, 1e-4)

    /// The variance at a time; `nil` where nothing was measured. [s]
    func variance(at time: Double) -> Double? {
      last.map { min($0.variance + Self.growth * max(0, time - $0.time), Self.first) }
    }

    /// How much of the way to a measurement to go. [unit, s]
    mutating func gain(deviation: Double, at time: Double) -> Double {
      let variance = variance(at: time) ?? Self.first
      let gain = variance / (variance + deviation * deviation)
      last = ((1 - gain) * variance, time)
      return gain
    }
  }
}

/// Where a client says that the drone is when its estimate begins again; `nil` for where it is.
package struct InitialPose: Sendable {
  /// The position. [m]
  package var x, y, z: Double?
  /// The heading. [rad]
  package var yaw: Double?

  /// Where it is.
  package init() {}
}
