import Control
import Randomness
import SpatialMath
import Tasks

/// A task as it is taught where crashes are no endings and rewards are negative: whoever crashes
/// leaves, and every step without a crash is worth a bonus, so that nobody wants to leave.
///
/// A drone that lies on the floor until time is up learns nothing, and costs more than one that flies;
/// and a drone far off that loses more in a step than it could gain in an episode learns to crash.
/// Evaluations are of the task itself.
struct StrictTask<Base: DroneTask>: DroneTask {
  /// The task itself.
  let base: Base
  /// What a step without a crash is worth, and the most that it can cost; `nil` to teach the task as it
  /// is. [–]
  let survivalBonus: Double?

  var agentCount: Int { base.agentCount }
  var setup: TaskSetup { base.setup }
  var contract: TaskContract { base.contract }

  func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> Base.Memory {
    base.begin(&start, using: &random)
  }

  func isPossible(_ memory: Base.Memory) -> Bool { base.isPossible(memory) }

  func update(_ episode: inout Episode<Base.Memory>) { base.update(&episode) }

  func goal(of agent: Int, in episode: Episode<Base.Memory>) -> Setpoint {
    base.goal(of: agent, in: episode)
  }

  private func hasFailed(_ agent: Int, in episode: Episode<Base.Memory>) -> Bool {
    survivalBonus != nil && episode.hasCrashed(agent)
  }

  func reward(of agent: Int, in episode: Episode<Base.Memory>) -> Double {
    let reward = base.reward(of: agent, in: episode)
    guard let survivalBonus else { return reward }
    return hasFailed(agent, in: episode) ? 0 : max(reward, -survivalBonus) + survivalBonus
  }

  func isTerminated(_ agent: Int, in episode: Episode<Base.Memory>) -> Bool {
    base.isTerminated(agent, in: episode) || hasFailed(agent, in: episode)
  }

  func isTruncated(_ agent: Int, in episode: Episode<Base.Memory>) -> Bool {
    base.isTruncated(agent, in: episode)
  }

  func hasSucceeded(_ agent: Int, in episode: Episode<Base.Memory>) -> Bool {
    base.hasSucceeded(agent, in: episode)
  }

  func feature(_ index: Int, of agent: Int, in episode: Episode<Base.Memory>) -> Double {
    base.feature(index, of: agent, in: episode)
  }
}
