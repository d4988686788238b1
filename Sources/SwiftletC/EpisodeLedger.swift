import CSwiftlet
import Gym

/// Returns and lengths of the episodes under way, by row.
struct EpisodeLedger: Codable {
  private var returns: [Double]
  private var lengths: [Int32]
  /// Whether the agent's episode has ended, so that its next step belongs to another.
  private var hasEnded: [Bool]
  private let agentCount: Int
  private let stepLimit: Int

  init(_ layout: BatchLayout, stepLimit: Int) {
    returns = Array(repeating: 0, count: layout.rowCount)
    lengths = Array(repeating: 0, count: layout.rowCount)
    hasEnded = Array(repeating: false, count: layout.rowCount)
    agentCount = layout.agentCount
    self.stepLimit = stepLimit
  }

  /// Whether it is one of batches of a shape.
  func fits(_ layout: BatchLayout) -> Bool {
    [returns.count, lengths.count, hasEnded.count].allSatisfy { $0 == layout.rowCount }
      && agentCount == layout.agentCount && returns.allSatisfy(\.isFinite)
      && lengths.allSatisfy { 0..<Int32.max ~= $0 }
  }

  /// Begins the episodes of the environments that a reset begins.
  @unsafe
  mutating func begin(where mask: [Bool]?, into buffers: swiftlet_step_buffers) {
    for row in returns.indices where mask?[row / agentCount] ?? true {
      (returns[row], lengths[row], hasEnded[row]) = (0, 0, false)
      unsafe write(row, ending: SWIFTLET_RUNNING, into: buffers)
    }
  }

  /// Takes in a step.
  @unsafe
  mutating func record(_ batch: borrowing StepBatch, into buffers: swiftlet_step_buffers) {
    let (acted, rewards) = (batch.participations, batch.rewards)
    let (terminations, truncations) = (batch.terminations, batch.truncations)
    for row in returns.indices {
      var ending = SWIFTLET_RUNNING
      if acted[row] {
        if hasEnded[row] { (returns[row], lengths[row]) = (0, 0) }
        returns[row] += Double(rewards[row])
        lengths[row] += 1
        if terminations[row] {
          ending = SWIFTLET_TERMINATED
        } else if truncations[row] {
          ending = Int(lengths[row]) >= stepLimit ? SWIFTLET_TIME_LIMIT : SWIFTLET_CUT_OFF
        }
        hasEnded[row] = ending != SWIFTLET_RUNNING
      }
      unsafe write(row, ending: ending, into: buffers)
    }
  }

  @unsafe
  private func write(_ row: Int, ending: Int, into buffers: swiftlet_step_buffers) {
    if let start = unsafe buffers.episode_returns { unsafe start[row] = Float(returns[row]) }
    if let start = unsafe buffers.episode_lengths { unsafe start[row] = lengths[row] }
    if let start = unsafe buffers.episode_endings { unsafe start[row] = UInt8(ending) }
  }
}
