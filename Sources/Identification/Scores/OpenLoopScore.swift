import SpatialMath

/// How far predictions from logged states are off, on average over many starts.
///
/// A start each half second from 1 s on, unless the log has a gap of more than 50 ms between 1 s before
/// it and 0.5 s after it; errors 0.1, 0.2 and 0.5 s later.
package struct OpenLoopScore: Sendable {
  /// How far off one prediction is, or the mean of many.
  package struct Errors: Sendable, Equatable, Encodable {
    /// Of the position. [m]
    package var position = 0.0
    /// Of the velocity. [m/s]
    package var velocity = 0.0
    /// Of the attitude. [rad]
    package var attitude = 0.0
    /// Of the body rates. [rad/s]
    package var rates = 0.0
  }

  /// How long after a start. [s]
  package static let horizons = [0.1, 0.2, 0.5]
  private static let (before, every, gap) = (1.0, 0.5, 0.05)

  /// How many starts there are. [–]
  package private(set) var starts = 0
  private var sums = horizons.map { _ in Errors() }

  /// No starts yet.
  package init() {}

  /// The mean errors at each horizon.
  package var errors: [Errors] {
    let share = 1 / Double(max(1, starts))
    return sums.map {
      Errors(
        position: share * $0.position, velocity: share * $0.velocity,
        attitude: share * $0.attitude, rates: share * $0.rates)
    }
  }

  /// Takes the starts of another score in.
  package mutating func add(_ other: OpenLoopScore) {
    starts += other.starts
    for index in sums.indices {
      sums[index].position += other.sums[index].position
      sums[index].velocity += other.sums[index].velocity
      sums[index].attitude += other.sums[index].attitude
      sums[index].rates += other.sums[index].rates
    }
  }

  /// Takes one start in.
  private mutating func add(
    _ predictions: [MotionState], of motion: LoggedMotion, from start: Double
  ) {
    starts += 1
    for (index, guess) in predictions.enumerated() {
      let truth = motion.state(at: start + Self.horizons[index])
      sums[index].position += (guess.position - truth.position).norm
      sums[index].velocity += (guess.velocity - truth.velocity).norm
      sums[index].attitude += guess.attitude.angle(to: truth.attitude)
      sums[index].rates += (guess.rates - truth.rates).norm
    }
  }

  /// The times from which a log is predicted. [s]
  package static func starts(of motion: LoggedMotion) -> [Double] {
    let times = motion.times
    let gaps = zip(times, times.dropFirst()).filter { $1 - $0 > gap }.map(\.0)
    let longest = horizons[horizons.count - 1]
    let last = times[times.count - 1] - longest - 1e-9
    return stride(from: before, to: last, by: every).filter { start in
      !gaps.contains { $0 > start - before - gap && $0 < start + longest }
    }
  }

  /// The score of a model that predicts a flight.
  static func score(of predictor: Predictor) -> OpenLoopScore {
    var score = OpenLoopScore()
    for start in starts(of: predictor.motion) {
      score.add(
        predictor.predictions(from: start, after: horizons), of: predictor.motion, from: start)
    }
    return score
  }

  /// The score of the guess that velocity and body rates stay as they are.
  package static func ofNoModel(_ motion: LoggedMotion) -> OpenLoopScore {
    var score = OpenLoopScore()
    for start in starts(of: motion) {
      let now = motion.state(at: start)
      let guesses = horizons.map { time in
        MotionState(
          position: now.position + time * now.velocity,
          attitude: now.attitude.turned(by: time * now.rates), velocity: now.velocity,
          rates: now.rates)
      }
      score.add(guesses, of: motion, from: start)
    }
    return score
  }
}
