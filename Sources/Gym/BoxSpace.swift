package import Randomness

/// All rows of a fixed length whose numbers lie between two bounds each.
public struct BoxSpace: Sendable, Hashable, Codable {
  /// The smallest value of each number. [–]
  public let low: [Float]
  /// The largest value of each number. [–]
  public let high: [Float]

  /// How many numbers a row has.
  public var count: Int { low.count }

  /// The space of `count` numbers with the same bounds.
  public init(count: Int, in bounds: ClosedRange<Float>) {
    precondition(count >= 0, "a space has 0 numbers or more, not \(count)")
    low = Array(repeating: bounds.lowerBound, count: count)
    high = Array(repeating: bounds.upperBound, count: count)
  }

  /// The space with bounds of its own for each number.
  public init(low: [Float], high: [Float]) throws(GymError) {
    guard low.count == high.count else {
      throw .wrongCount(of: "upper bounds", expected: low.count, actual: high.count)
    }
    for index in low.indices where !(low[index] <= high[index]) {
      throw .emptyRange(index: index, low: low[index], high: high[index])
    }
    self.low = low
    self.high = high
  }

  /// Whether every number of a row is within its bounds; a NaN is not.
  package func contains(_ row: Span<Float>) -> Bool {
    guard row.count == count else { return false }
    for index in low.indices where !(low[index] <= row[index] && row[index] <= high[index]) {
      return false
    }
    return true
  }

  /// Writes a row drawn evenly; where a bound is infinite, from the unit range at the other bound,
  /// or around 0.
  package func sample(using random: inout SplitMix64, into row: inout MutableSpan<Float>) {
    for index in low.indices {
      let (low, high) = (low[index], high[index])
      let start = low.isFinite ? low : high.isFinite ? high - 1 : -1
      let end = high.isFinite ? high : low.isFinite ? low + 1 : 1
      let value = random.uniform(in: Double(start)...Double(end))
      row[index] = min(max(Float(value), low), high)
    }
  }
}
