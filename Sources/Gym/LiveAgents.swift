/// Which agents of a batch are expected to act next.
///
/// It follows from what the steps said; learners, views and statistics keep one of these rather than
/// ask the environment.
package struct LiveAgents: Sendable, Hashable, Codable {
  /// Whether each row's agent is in its episode.
  package private(set) var isLive: [Bool]
  /// Whether the episode of each environment ended in the last step, by itself or for its last agent.
  package private(set) var hasEnded: [Bool]
  private let agentCount: Int
  private let mode: AutoresetMode

  /// Every agent of a batch, after a reset of all environments.
  package init(layout: BatchLayout, mode: AutoresetMode) {
    isLive = Array(repeating: true, count: layout.rowCount)
    hasEnded = Array(repeating: false, count: layout.environmentCount)
    agentCount = layout.agentCount
    self.mode = mode
  }

  /// Whether these are agents of a batch like that of others.
  package func isLike(_ other: LiveAgents) -> Bool {
    isLive.count == other.isLive.count && hasEnded.count == other.hasEnded.count
      && agentCount == other.agentCount && mode == other.mode
  }

  /// Takes in a step.
  package mutating func update(_ batch: borrowing StepBatch) {
    let (acted, terminated) = (batch.participations, batch.terminations)
    let truncated = batch.truncations
    for environment in hasEnded.indices {
      let rows = environment * agentCount..<(environment + 1) * agentCount
      var anyActed = false
      var anyLive = false
      for row in rows {
        let live = acted[row] && !terminated[row] && !truncated[row]
        isLive[row] = live
        anyActed = anyActed || acted[row]
        anyLive = anyLive || live
      }
      hasEnded[environment] = anyActed && !anyLive
      let hasBegun = !anyActed || (hasEnded[environment] && mode == .sameStep)
      if hasBegun { for row in rows { isLive[row] = true } }
    }
  }

  /// Takes in a reset of one environment.
  package mutating func begin(environment: Int) {
    for row in environment * agentCount..<(environment + 1) * agentCount { isLive[row] = true }
    hasEnded[environment] = false
  }
}
