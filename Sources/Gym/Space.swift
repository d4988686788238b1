public import Randomness

/// What an action may be.
public enum Space: Sendable, Hashable, Codable {
  /// Numbers between bounds.
  case box(BoxSpace)
  /// One choice of several.
  case discrete(DiscreteSpace)

  /// How many numbers a row of a flat buffer has.
  public var count: Int {
    switch self {
    case .box(let box): box.count
    case .discrete: 1
    }
  }

  /// Whether a row is one of the space's.
  public func contains(_ row: Span<Float>) -> Bool {
    switch self {
    case .box(let box): box.contains(row)
    case .discrete(let discrete): row.count == 1 && discrete.contains(row[0])
    }
  }

  /// Writes a row drawn evenly.
  public func sample(using random: inout SplitMix64, into row: inout MutableSpan<Float>) {
    switch self {
    case .box(let box): box.sample(using: &random, into: &row)
    case .discrete(let discrete): row[0] = discrete.sample(using: &random)
    }
  }

  /// Copies rows of actions, each number of a box brought within its bounds.
  ///
  /// Numbers that are not finite, and choices that do not exist, are refused before anything is
  /// written: there is no value that they could sensibly stand for.
  ///
  /// - Parameters:
  ///   - actions: Whole rows of actions, one after the other.
  ///   - clipped: As many numbers, all overwritten.
  /// - Throws: `badAction`.
  public func clip(
    _ actions: Span<Float>, into clipped: inout MutableSpan<Float>
  ) throws(GymError) {
    try check(actions)
    switch self {
    case .box(let box):
      for start in stride(from: 0, to: actions.count, by: max(count, 1)) {
        for column in box.low.indices {
          let value = actions[start + column]
          clipped[start + column] = min(max(value, box.low[column]), box.high[column])
        }
      }
    case .discrete:
      for index in actions.indices { clipped[index] = actions[index] }
    }
  }

  /// Refuses numbers that are not finite, and choices that do not exist.
  ///
  /// - Parameter actions: Whole rows of actions, one after the other.
  /// - Throws: `badAction`.
  public func check(_ actions: Span<Float>) throws(GymError) {
    if case .box = self, Self.areFinite(actions) { return }
    for index in actions.indices where !isAcceptable(actions[index]) {
      throw .badAction(row: index / count, column: index % count, value: actions[index])
    }
  }

  /// Whether all numbers are finite, found without a branch for each.
  private static func areFinite(_ numbers: Span<Float>) -> Bool {
    var largest: UInt32 = 0
    for index in numbers.indices {
      largest = max(largest, numbers[index].magnitude.bitPattern)
    }
    return largest < Float.infinity.bitPattern
  }

  private func isAcceptable(_ value: Float) -> Bool {
    switch self {
    case .box: value.isFinite
    case .discrete(let discrete): discrete.contains(value)
    }
  }
}
