/// Returns and lengths of the episodes of a batch.
public struct EpisodeStatistics: Sendable, Hashable, Codable {
  /// An agent's episode that is finished.
  package struct Episode: Sendable, Hashable, Codable {
    /// The sum of its rewards. [–]
    package var totalReward: Float
    /// How many steps it had.
    package var length: Int
    /// Whether it ended by the rules of its task, rather than from outside.
    package var isTerminated: Bool
  }

  /// The last episodes, of all agents, the oldest first as long as there are fewer than asked for; after
  /// that each replaces the oldest.
  package private(set) var recent: [Episode]
  /// How many episodes have finished in all.
  public private(set) var finishedCount = 0
  private let capacity: Int
  private var rewards: [Float]
  private var lengths: [Int]

  /// No episode yet.
  ///
  /// - Parameters:
  ///   - layout: The shape of the batches that will be recorded.
  ///   - capacity: How many of the last episodes are kept, at least one.
  public init(layout: BatchLayout, capacity: Int = 100) {
    self.capacity = max(capacity, 1)
    recent = []
    recent.reserveCapacity(self.capacity)
    rewards = Array(repeating: 0, count: layout.rowCount)
    lengths = Array(repeating: 0, count: layout.rowCount)
  }

  /// Whether these are statistics of a batch like that of others, and can have come about.
  package func isLike(_ other: EpisodeStatistics) -> Bool {
    rewards.count == other.rewards.count && lengths.count == other.lengths.count
      && capacity == other.capacity && recent.count == min(capacity, finishedCount)
      && lengths.allSatisfy { 0...1_000_000_000_000 ~= $0 }
  }

  /// Takes in a step.
  public mutating func record(_ batch: borrowing StepBatch) {
    let (acted, gained) = (batch.participations, batch.rewards)
    let (terminated, truncated) = (batch.terminations, batch.truncations)
    for row in rewards.indices where acted[row] {
      rewards[row] += gained[row]
      lengths[row] += 1
      guard terminated[row] || truncated[row] else { continue }
      finish(
        Episode(
          totalReward: rewards[row], length: lengths[row], isTerminated: terminated[row]))
      rewards[row] = 0
      lengths[row] = 0
    }
  }

  private mutating func finish(_ episode: Episode) {
    if recent.count < capacity {
      recent.append(episode)
    } else {
      recent[finishedCount % capacity] = episode
    }
    finishedCount += 1
  }

  /// The mean return of the recent episodes, or `nil` before the first has ended. [–]
  public var meanReward: Double? {
    guard !recent.isEmpty else { return nil }
    return recent.reduce(0) { $0 + Double($1.totalReward) } / Double(recent.count)
  }

  /// The mean length of the recent episodes, or `nil` before the first has ended. [–]
  public var meanLength: Double? {
    guard !recent.isEmpty else { return nil }
    return recent.reduce(0) { $0 + Double($1.length) } / Double(recent.count)
  }
}
