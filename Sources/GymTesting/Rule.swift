/// What every environment keeps to.
public enum Rule: String, Sendable, Hashable, CaseIterable {
  /// The layout has the counts that were asked for and those of the spaces, and actions are bounded.
  case spaces
  /// Observations are within their space, and rewards are finite.
  case membership
  /// The same seed begins the same episodes, the second and third after it too.
  case seeding
  /// The same seed and actions give the same bits in an environment made anew.
  case determinism
  /// The same seed and actions give the same bits, independent of what was played before.
  case resetForgets
  /// Every row is written, independent of what the buffers held.
  case completeWrites
  /// Agents that leave do not come back, and their rows are zero and false.
  case departures
  /// Episodes that end are followed by what the autoreset mode says.
  case autoreset
  /// A batch gives the same bits as its environments alone.
  case batching
  /// What one environment does is not felt in the rows of another, nor outside the buffers.
  case isolation
  /// What makes no sense is refused with the right error, and changes nothing.
  case refusals
  /// Actions out of bounds count as those at the bound.
  case clipping
  /// What follows a snapshot is the same after it is restored, or written to a file and read.
  case snapshots
}

/// What a check found.
public struct ConformanceReport: Sendable, Hashable {
  /// A rule that was broken.
  public struct Violation: Sendable, Hashable {
    /// Which one.
    public var rule: Rule
    /// How it shows.
    public var explanation: String
  }

  /// The rules that were broken, each with how it showed first.
  public internal(set) var violations: [Violation] = []
  /// What could not be checked, because it did not happen within the steps that were played.
  public internal(set) var unchecked: [String] = []

  /// Whether no rule was broken.
  public var isConforming: Bool { violations.isEmpty }

  mutating func note(_ rule: Rule, _ explanation: String) {
    guard !violations.contains(where: { $0.rule == rule }) else { return }
    violations.append(Violation(rule: rule, explanation: explanation))
  }
}

extension ConformanceReport: CustomStringConvertible {
  public var description: String {
    let broken = violations.map { "broken: \($0.rule.rawValue): \($0.explanation)" }
    let skipped = unchecked.map { "not checked: \($0)" }
    return (broken.isEmpty ? ["no rule broken"] : broken + skipped).joined(separator: "\n")
  }
}
