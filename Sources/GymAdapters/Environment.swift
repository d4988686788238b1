public import Gym

/// What came of a step for one agent.
public struct Transition: Sendable, Hashable {
  /// What the agent sees now. [–]
  public var observation: [Float]
  /// What it gained. [–]
  public var reward: Float
  /// Whether its episode ended by the rules of the task: no reward could follow.
  public var isTerminated: Bool
  /// Whether its episode was cut off from outside: rewards would have followed.
  public var isTruncated: Bool

  /// Joins what came of a step.
  public init(
    observation: [Float], reward: Float, isTerminated: Bool = false, isTruncated: Bool = false
  ) {
    self.observation = observation
    self.reward = reward
    self.isTerminated = isTerminated
    self.isTruncated = isTruncated
  }
}

/// An environment of one agent, after Gymnasium's `Env`.
///
/// It is for people and scripts: every call returns arrays of its own. Learners use
/// ``VectorEnvironment``.
public protocol Environment: ~Copyable {
  /// What the agent may observe.
  var observationSpace: BoxSpace { get }
  /// What the agent may do.
  var actionSpace: Space { get }

  /// Begins an episode, from a seed or with the random numbers that come next; returns the first
  /// observation.
  mutating func reset(seed: UInt64?) throws(GymError) -> [Float]

  /// Advances by one step; after an episode has ended, it must be reset first.
  mutating func step(_ action: [Float]) throws(GymError) -> Transition

  /// Lets go of what it holds; closing twice does nothing, and all else is refused from then on.
  mutating func close()
}

/// An environment of several agents that act at once, after PettingZoo's parallel API.
///
/// Agents leave one by one, each told so in its last transition, and do not come back before the next
/// reset.
public protocol MultiAgentEnvironment: ~Copyable {
  /// All agents that may take part, in the order of the rows of a batch.
  var possibleAgents: [String] { get }
  /// The agents that take part now, in the same order.
  var agents: [String] { get }

  /// What an agent may observe.
  func observationSpace(of agent: String) -> BoxSpace
  /// What an agent may do.
  func actionSpace(of agent: String) -> Space

  /// Begins an episode, from a seed or with the random numbers that come next; returns the first
  /// observation of each agent.
  mutating func reset(seed: UInt64?) throws(GymError) -> [String: [Float]]

  /// Advances by one step, with one action for each agent that is there; returns one transition for
  /// each of them.
  mutating func step(_ actions: [String: [Float]]) throws(GymError) -> [String: Transition]

  /// Lets go of what it holds; closing twice does nothing, and all else is refused from then on.
  mutating func close()
}
