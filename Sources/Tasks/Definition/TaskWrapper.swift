package import Control
package import Randomness

/// A task that is another one but for what it says itself.
package protocol TaskWrapper: DroneTask where Memory == Base.Memory {
  /// The task that it is otherwise.
  associatedtype Base: DroneTask

  /// The task that it is otherwise.
  var base: Base { get set }
}

extension TaskWrapper {
  package var agentCount: Int { base.agentCount }
  package var setup: TaskSetup {
    get { base.setup }
    set { base.setup = newValue }
  }
  package var ownObstacleCount: Int { base.ownObstacleCount }
  package var contract: TaskContract { base.contract }

  package func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> Memory {
    base.begin(&start, using: &random)
  }

  package func isPossible(_ memory: Memory) -> Bool { base.isPossible(memory) }

  package func update(_ episode: inout Episode<Memory>) { base.update(&episode) }

  package func goal(of agent: Int, in episode: Episode<Memory>) -> Setpoint {
    base.goal(of: agent, in: episode)
  }

  package func reward(of agent: Int, in episode: Episode<Memory>) -> Double {
    base.reward(of: agent, in: episode)
  }

  package func isTerminated(_ agent: Int, in episode: Episode<Memory>) -> Bool {
    base.isTerminated(agent, in: episode)
  }

  package func isTruncated(_ agent: Int, in episode: Episode<Memory>) -> Bool {
    base.isTruncated(agent, in: episode)
  }

  package func hasSucceeded(_ agent: Int, in episode: Episode<Memory>) -> Bool {
    base.hasSucceeded(agent, in: episode)
  }

  package func feature(_ index: Int, of agent: Int, in episode: Episode<Memory>) -> Double {
    base.feature(index, of: agent, in: episode)
  }
}
