import Gym

extension PPOOptions {
  /// Refuses what takes more memory than there is, or has nothing in it, for batches of some shape.
  ///
  /// No product here overflows within the ranges of ``validate()``.
  func checkSizes(for layout: BatchLayout) throws(LearningError) {
    let rows = networks == .separate ? layout.environmentCount : layout.rowCount
    guard minibatchCount <= horizon * rows else {
      throw .badOption(
        "minibatchCount must be at most the \(horizon * rows) samples of an iteration, "
          + "not \(minibatchCount)")
    }
    let numbers = layout.observationCount + layout.actionCount
    guard horizon * layout.rowCount * numbers <= 300_000_000 else {
      throw .badOption(
        "horizon must let an iteration have at most 300000000 numbers, not \(horizon)")
    }
    let seen = layout.observationCount * (critic == .centralised ? layout.agentCount : 1)
    let widths = [seen] + hiddenSizes + [layout.actionCount]
    let weights = zip(widths, widths.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    guard weights <= 100_000_000 else {
      throw .badOption("hiddenSizes must make at most 100000000 weights, not \(weights)")
    }
  }
}
