public import Gym

/// A batch of one environment, seen as a ``MultiAgentEnvironment`` of agents `agent_0`, `agent_1`
/// and so on.
public struct ParallelEnvironment<Base: VectorEnvironment & ~Copyable>: ~Copyable,
  MultiAgentEnvironment
{
  public let possibleAgents: [String]
  private(set) public var agents: [String] = []
  /// Whether it was ever reset.
  var hasBegun = false
  private var base: Base
  private var batch: StepBatch
  private var live: LiveAgents

  /// A view of a batch of one environment, which must not reset by itself.
  public init(_ base: consuming Base) throws(GymError) {
    let (layout, mode) = (base.layout, base.autoresetMode)
    guard layout.environmentCount == 1 else {
      throw .wrongCount(of: "environments", expected: 1, actual: layout.environmentCount)
    }
    guard mode == .disabled else { throw .resetsByItself }
    possibleAgents = (0..<layout.agentCount).map { "agent_\($0)" }
    batch = StepBatch(layout: layout)
    live = LiveAgents(layout: layout, mode: mode)
    self.base = base
  }

  public func observationSpace(of agent: String) -> BoxSpace { base.observationSpace }
  public func actionSpace(of agent: String) -> Space { base.actionSpace }

  public mutating func reset(seed: UInt64?) throws(GymError) -> [String: [Float]] {
    if let seed {
      try base.reset(seed: seed, into: &batch)
    } else {
      try base.reset(into: &batch)
    }
    live.begin(environment: 0)
    agents = possibleAgents
    hasBegun = true
    var observations: [String: [Float]] = [:]
    for (row, agent) in possibleAgents.enumerated() { observations[agent] = observation(of: row) }
    return observations
  }

  public mutating func step(
    _ actions: [String: [Float]]
  ) throws(GymError) -> [String: Transition] {
    try place(actions)
    try base.step(&batch)
    live.update(batch)
    var transitions: [String: Transition] = [:]
    for (row, agent) in possibleAgents.enumerated() where batch.participations[row] {
      transitions[agent] = Transition(
        observation: observation(of: row), reward: batch.rewards[row],
        isTerminated: batch.terminations[row], isTruncated: batch.truncations[row])
    }
    agents = possibleAgents.indices.filter { live.isLive[$0] }.map { possibleAgents[$0] }
    return transitions
  }

  public mutating func close() { base.close() }

  private func observation(of row: Int) -> [Float] {
    let width = batch.layout.observationCount
    return (row * width..<(row + 1) * width).map { batch.observations[$0] }
  }

  /// Writes the actions to their rows; agents that have left keep a row of zeros, which acts on
  /// nothing.
  private mutating func place(_ actions: [String: [Float]]) throws(GymError) {
    let width = batch.layout.actionCount
    for agent in agents where actions[agent] == nil { throw .wrongAgent(agent) }
    for (agent, action) in actions.sorted(by: { $0.key < $1.key }) {
      guard agents.contains(agent) else { throw .wrongAgent(agent) }
      guard action.count == width else {
        throw .wrongCount(of: "numbers of action", expected: width, actual: action.count)
      }
    }
    let possibleAgents = possibleAgents
    for (row, agent) in possibleAgents.enumerated() {
      for column in 0..<width { batch.actions[row * width + column] = actions[agent]?[column] ?? 0 }
    }
  }
}
