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

  // The task itself answers for many drones at once, compiled for it.
  func judge(_ episodes: inout Episodes<Base.Memory>, into rows: inout StepRows) {
    base.judge(&episodes, into: &rows)
    guard let survivalBonus else { return }
    for world in 0..<episodes.worldCount where episodes.isRunning(world) {
      episodes.move(to: world)
      for agent in 0..<episodes.agentCount where episodes.current.isActive(agent) {
        let row = world * episodes.agentCount + agent
        if episodes.current.hasCrashed(agent) {
          rows.rewards[row] = 0
          (rows.terminations[row], rows.truncations[row]) = (true, false)
        } else if rows.rewards[row].isFinite {
          rows.rewards[row] = max(rows.rewards[row], -Float(survivalBonus)) + Float(survivalBonus)
        }
      }
    }
  }

  func describe(
    _ worlds: Range<Int>, of episodes: inout Episodes<Base.Memory>, into outputs: inout TaskOutputs
  ) {
    base.describe(worlds, of: &episodes, into: &outputs)
  }
}
