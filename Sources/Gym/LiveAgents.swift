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
  /// Whether each row's agent acts for whoever asks; `nil` if all do.
  private let isOwn: [Bool]?

  /// Every agent of a batch, after a reset of all environments.
  ///
  /// - Parameters:
  ///   - layout: The shape of the batch.
  ///   - mode: What happens after the end of an episode.
  ///   - isOwn: Which rows are of agents that act, where others choose the actions of the rest; those never
  ///     count as live.
  package init(layout: BatchLayout, mode: AutoresetMode, isOwn: [Bool]? = nil) {
    self.isOwn = isOwn
    isLive = isOwn ?? Array(repeating: true, count: layout.rowCount)
    hasEnded = Array(repeating: false, count: layout.environmentCount)
    agentCount = layout.agentCount
    self.mode = mode
  }

  /// Whether these are agents of a batch like that of others.
  package func isLike(_ other: LiveAgents) -> Bool {
    isLive.count == other.isLive.count && hasEnded.count == other.hasEnded.count
      && agentCount == other.agentCount && mode == other.mode && isOwn == other.isOwn
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
      if hasBegun { begin(rows) }
    }
  }

  private mutating func begin(_ rows: Range<Int>) {
    for row in rows { isLive[row] = isOwn?[row] ?? true }
  }

  /// Takes in a reset of one environment.
  package mutating func begin(environment: Int) {
    begin(environment * agentCount..<(environment + 1) * agentCount)
    hasEnded[environment] = false
  }
}
