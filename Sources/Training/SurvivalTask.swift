import Gym
import Tasks

/// A task as it is taught where crashes are no endings and rewards are negative: a drone that crashes
/// leaves, and every step without a crash is worth a bonus, so that leaving does not pay.
///
/// A drone that lies on the floor until time is up learns nothing, and costs more than one that flies;
/// and a drone far off that loses more in a step than it could gain in an episode learns to crash.
/// Evaluations are of the task itself.
struct SurvivalTask<Base: DroneTask>: TaskWrapper {
  /// The task itself.
  var base: Base
  /// What a step without a crash is worth, and the most that it can cost; `nil` to teach the task as it
  /// is. [–]
  let survivalBonus: Double?

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

  // The task itself answers for many drones at once, compiled for it, where nothing is added.
  func judge(_ episodes: inout Episodes<Base.Memory>, into rows: inout StepRows) {
    if survivalBonus == nil {
      base.judge(&episodes, into: &rows)
    } else {
      judgeEach(&episodes, into: &rows)
    }
  }

  func describe(
    _ worlds: Range<Int>, of episodes: inout Episodes<Base.Memory>, into outputs: inout TaskOutputs
  ) {
    base.describe(worlds, of: &episodes, into: &outputs)
  }
}
