public import Randomness

/// One copy of an environment as its author writes it: how an episode begins, and how it goes on.
///
/// ``GameBatch`` makes a ``VectorEnvironment`` of it, and looks after seeds, resets, clipping, agents
/// that have left and snapshots. Environments that step many copies faster together than one by one
/// conform to ``VectorEnvironment`` themselves.
public protocol Game: Sendable, Codable {
  /// How many agents there are; the same for every copy, and always.
  var agentCount: Int { get }
  /// What every agent may observe.
  var observationSpace: BoxSpace { get }
  /// What every agent may do.
  var actionSpace: Space { get }

  /// Begins an episode; nothing of the one before may be felt.
  mutating func begin(using random: inout SplitMix64)

  /// Advances by one step.
  ///
  /// - Parameters:
  ///   - actions: One row an agent, within the action space.
  ///   - rows: The agents' rows, rewards at zero and flags at false. The participations say who is
  ///     there; what is written for others does not count.
  ///   - random: Where random numbers come from.
  mutating func advance(
    by actions: Span<Float>, into rows: inout StepRows, using random: inout SplitMix64)

  /// Writes what each agent sees, a row each.
  func observe(into observations: inout MutableSpan<Float>)
}
