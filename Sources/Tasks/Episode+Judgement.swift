import Gym

extension Episode {
  /// Writes the rewards and endings of the drones that are there.
  ///
  /// - Parameters:
  ///   - task: What is played.
  ///   - stepLimit: How many actions an episode has. [–]
  ///   - isSound: Whether all that the drones do is finite.
  ///   - isLive: Who is there, by row.
  ///   - first: The row of the first drone.
  ///   - rows: Where rewards and endings go.
  @inline(__always)
  func judge<Task: DroneTask>(
    by task: Task, stepLimit: Int, isSound: Bool, isLive: Span<Bool>, from first: Int,
    into rows: inout StepRows
  ) where Task.Memory == Memory {
    let isLate = stepCount >= stepLimit
    for agent in states.indices where isLive[first + agent] {
      let row = first + agent
      rows.participations[row] = true
      let reward = isSound ? Float(task.reward(of: agent, in: self)) : .nan
      guard reward.isFinite else {
        rows.truncations[row] = true
        continue
      }
      rows.rewards[row] = reward
      let isTerminated = task.isTerminated(agent, in: self)
      rows.terminations[row] = isTerminated
      rows.truncations[row] = !isTerminated && (isLate || task.isTruncated(agent, in: self))
    }
  }
}
