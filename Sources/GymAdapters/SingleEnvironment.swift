public import Gym

/// A batch of one environment with one agent, seen as an ``Environment``.
public struct SingleEnvironment<Base: VectorEnvironment & ~Copyable>: ~Copyable, Environment {
  private var base: ParallelEnvironment<Base>

  /// A view of a batch of one environment with one agent, which must not reset by itself.
  public init(_ base: consuming Base) throws(GymError) {
    let agentCount = base.layout.agentCount
    guard agentCount == 1 else {
      throw .wrongCount(of: "agents", expected: 1, actual: agentCount)
    }
    self.base = try ParallelEnvironment(base)
  }

  public var observationSpace: BoxSpace { base.observationSpace(of: "agent_0") }
  public var actionSpace: Space { base.actionSpace(of: "agent_0") }

  public mutating func reset(seed: UInt64?) throws(GymError) -> [Float] {
    try base.reset(seed: seed)["agent_0"] ?? []
  }

  public mutating func step(_ action: [Float]) throws(GymError) -> Transition {
    guard !base.agents.isEmpty else {
      throw base.hasBegun ? .episodeOver(environment: 0) : .notReset
    }
    guard let transition = try base.step(["agent_0": action])["agent_0"] else {
      throw .wrongAgent("agent_0")
    }
    return transition
  }

  public mutating func close() { base.close() }
}
