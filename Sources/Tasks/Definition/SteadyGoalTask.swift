package import Control

/// A task whose drones always should be where they should be at first: it says so once, and is not asked again.
package protocol SteadyGoalTask: DroneTask {
  /// Where a drone should be, in every step of every episode.
  func goal(of agent: Int) -> Setpoint
}

extension SteadyGoalTask {
  package func goal(of agent: Int, in episode: Episode<Memory>) -> Setpoint { goal(of: agent) }
}

extension TaskOutputs {
  /// Takes over the goals of all drones of some worlds where they are always the same, and says whether they are.
  mutating func setSteadyGoals(of task: some DroneTask, worldCount: Int) -> Bool {
    guard let task = task as? any SteadyGoalTask else { return false }
    for row in 0..<worldCount * task.agentCount {
      setGoal(task.goal(of: row % task.agentCount), ofRow: row)
    }
    return true
  }
}
