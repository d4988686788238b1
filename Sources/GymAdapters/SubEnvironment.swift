public import Gym
public import Randomness

/// One environment of a batch as its author writes it: how it is reset, stepped and observed.
///
/// ``SyncVectorEnvironment`` makes a ``VectorEnvironment`` of copies of it, and does seeds, autoreset,
/// clipping, agents that have left and snapshots. An environment that steps many copies faster together
/// than one by one conforms to ``VectorEnvironment`` itself.
public protocol SubEnvironment: Sendable, Codable {
  /// How many agents there are; the same for every copy, at all times.
  var agentCount: Int { get }
  /// What every agent may observe.
  var observationSpace: BoxSpace { get }
  /// What every agent may do.
  var actionSpace: Space { get }

  /// Begins an episode, which must not depend on the one before.
  mutating func reset(using random: inout SplitMix64)

  /// Advances by one step.
  ///
  /// - Parameters:
  ///   - actions: One row an agent, within the action space; `actions.count` is `agentCount` times the
  ///     count of the space.
  ///   - rows: The agents' rows, rewards at zero and flags at false. Participations say which agents
  ///     take part; what is written for others is ignored.
  ///   - random: Where random numbers come from.
  mutating func step(
    _ actions: Span<Float>, into rows: inout StepRows, using random: inout SplitMix64)

  /// Writes what each agent sees, a row each.
  func observe(into observations: inout MutableSpan<Float>)
}
