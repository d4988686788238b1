import Drone
package import Gym
import Simulation
import SpatialMath
import Synchronization

// Steps of which the caller judges a part, from the states of all drones.
extension TaskEnvironment {
  /// Begins a step: drones fly, and the task judges, but no episode ends or begins yet.
  ///
  /// The rewards, terminations and truncations of the batch are the task's; whoever calls may put others
  /// in their place before ``endStep(_:states:)``, which must follow.
  ///
  /// - Parameters:
  ///   - batch: The buffers.
  ///   - states: Where it is written how drones move after the action.
  /// - Throws: What it refuses.
  @unsafe
  package mutating func beginStep(
    _ batch: inout StepBatch, states: TaskStatePointers?
  ) throws(GymError) {
    try checkStep(batch)
    unsafe work(.flight, on: batch, states: states)
  }

  /// Ends a step by the rewards and endings in the batch.
  ///
  /// - Parameters:
  ///   - batch: The buffers with which the step began.
  ///   - states: Where it is written how drones move now, those of new episodes as they begin.
  @unsafe
  package mutating func endStep(_ batch: inout StepBatch, states: TaskStatePointers?) {
    unsafe work(.ending, on: batch, states: states)
  }

  /// Advances all worlds by a step, of which the caller may change rewards and endings.
  ///
  /// - Parameters:
  ///   - batch: The buffers.
  ///   - judge: Is lent the buffers after the task has judged, before episodes end and begin.
  /// - Throws: What it refuses.
  package mutating func step(
    _ batch: inout StepBatch, judging judge: (inout StepBatch) -> Void
  ) throws(GymError) {
    // unsafe: no states are asked for.
    try unsafe beginStep(&batch, states: nil)
    judge(&batch)
    unsafe endStep(&batch, states: nil)
  }

  /// Writes how drones move now.
  @unsafe
  package func read(into states: TaskStatePointers) throws(GymError) {
    try checkIsOpen()
    for block in blocks {
      let first = block.worlds.lowerBound * layout.agentCount
      let places = unsafe states.advanced(to: first)
      block.content.withLock { unsafe $0.write(to: places) }
    }
  }
}

extension TaskWorlds {
  /// Writes how drones move, and what they are to do, from the first row on.
  @unsafe
  mutating func write(to pointers: TaskStatePointers) {
    if unsafe pointers.hasGoals { describe(goals: true, features: false) }
    unsafe engine.write(to: pointers)
  }
}

extension TaskEngine {
  @unsafe
  fileprivate mutating func write(to pointers: TaskStatePointers) {
    let hasGoals = unsafe pointers.hasGoals
    for group in simulator.swarm.groups {
      let row = group * DroneLanes.laneCount
      let count = min(DroneLanes.laneCount, rowCount - row)
      unsafe pointers.states.write(simulator.swarm.states[group], from: row, count: count)
      if hasGoals { unsafe pointers.write(outputs.goals[group], from: row, count: count) }
    }
    if let contacts = unsafe pointers.states.contacts {
      for row in 0..<rowCount { unsafe contacts[row] = Int32(clamping: records.contactCounts[row]) }
    }
    if let time = unsafe pointers.states.time {
      for row in 0..<rowCount {
        unsafe time[row] = Double(records.stepCounts[row / rules.agentCount]) * records.period
      }
    }
  }
}
