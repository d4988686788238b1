import Gym

/// What was seen, done and gained between two updates, by time, environment and agent.
package struct Rollout: Sendable {
  let horizon: Int
  let rowCount: Int
  /// Normalised; one time more than the rest, and zero for agents that have left.
  let observations: FloatBuffer
  /// What was drawn, before the bounds.
  package let actions: FloatBuffer
  /// What a teacher would have done, as far as there is one.
  package let taught: FloatBuffer
  /// The logarithms of the densities that the actions were drawn with.
  package let logDensities: FloatBuffer
  /// Scaled.
  let rewards: FloatBuffer
  /// One time more than the rest.
  package let values: FloatBuffer
  package let advantages: FloatBuffer
  package let returns: FloatBuffer
  /// Whether the agent took part.
  package var acted: [Bool]
  /// Whether its episode ended.
  var isLast: [Bool]
  /// Which of the last observations is its own, if its episode was cut off and its value counts, or −1.
  var cutOff: [Int]
  /// What whole environments saw last, where an agent was cut off; normalised.
  var lastSeen: [Float] = []

  package init(
    horizon: Int, rowCount: Int, observationCount: Int, actionCount: Int, isTaught: Bool = false
  ) {
    self.horizon = horizon
    self.rowCount = rowCount
    let count = horizon * rowCount
    observations = FloatBuffer(count: (horizon + 1) * rowCount * observationCount)
    actions = FloatBuffer(count: count * actionCount)
    taught = FloatBuffer(count: isTaught ? count * actionCount : 0)
    logDensities = FloatBuffer(count: count)
    rewards = FloatBuffer(count: count)
    values = FloatBuffer(count: (horizon + 1) * rowCount)
    advantages = FloatBuffer(count: count)
    returns = FloatBuffer(count: count)
    acted = Array(repeating: false, count: count)
    isLast = Array(repeating: false, count: count)
    cutOff = Array(repeating: -1, count: count)
  }

  /// Notes what the agents that are there see at a time; others see nothing.
  func note(
    _ batch: borrowing StepBatch, at time: Int, where isLive: [Bool], _ normaliser: Normaliser
  ) {
    let (width, seen) = (batch.layout.observationCount, batch.observations)
    let start = time * rowCount * width
    for row in 0..<rowCount {
      for column in 0..<width {
        let index = row * width + column
        observations[start + index] = isLive[row] ? normaliser(seen[index], column: column) : 0
      }
    }
  }

  /// Notes what the agents of an environment saw last; those that had left saw nothing.
  mutating func noteLast(
    _ batch: borrowing StepBatch, environment: Int, hasEnded: Bool, _ normaliser: Normaliser
  ) {
    let width = batch.layout.observationCount
    for row in batch.layout.rows(of: environment) {
      for column in 0..<width {
        let index = row * width + column
        let seen = hasEnded ? batch.finalObservations[index] : batch.observations[index]
        lastSeen.append(batch.participations[row] ? normaliser(seen, column: column) : 0)
      }
    }
  }
}

extension RunningMoments {
  /// Takes in what the agents that are there see.
  mutating func add(_ batch: borrowing StepBatch, where isLive: [Bool]) {
    let (width, seen) = (batch.layout.observationCount, batch.observations)
    for row in isLive.indices where isLive[row] {
      add(seen.extracting(row * width..<(row + 1) * width))
    }
  }
}
