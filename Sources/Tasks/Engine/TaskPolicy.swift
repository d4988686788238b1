import Control
import Drone
public import Gym
import Randomness
import SpatialMath

/// A policy that has learnt nothing: what learners are measured against.
public enum TaskPolicy: String, Sendable, CaseIterable {
  /// All numbers 0.
  case zero
  /// Any action of the space, drawn evenly.
  case random
  /// What PID control does that knows the goal and the drones' states.
  case pid
}

/// A policy that plays one task.
public struct TaskPlayer<Task: DroneTask>: Sendable {
  private let policy: TaskPolicy
  private let decoder: ActionDecoder
  private var memories: [LoopMemory<Double>]
  private var random: SplitMix64
  private var action: [Float]

  /// A player with a memory of its own for each row of a batch.
  public init(_ policy: TaskPolicy, of environment: borrowing TaskEnvironment<Task>, seed: UInt64) {
    self.policy = policy
    decoder = environment.rules.decoder
    memories = Array(repeating: LoopMemory(), count: environment.layout.rowCount)
    random = SplitMix64(seed: seed).stream(1)
    action = Array(repeating: 0, count: environment.layout.actionCount)
  }

  /// Writes an action for every agent.
  ///
  /// - Parameters:
  ///   - environment: Where the agents are.
  ///   - batch: The buffers.
  public mutating func act(
    in environment: borrowing TaskEnvironment<Task>, batch: inout StepBatch
  ) {
    let width = action.count
    for row in memories.indices {
      choose(for: row, in: environment)
      var rows = batch.rows
      for column in 0..<width { rows.actions[row * width + column] = action[column] }
    }
  }

  private mutating func choose(for row: Int, in environment: borrowing TaskEnvironment<Task>) {
    let agent = row % environment.layout.agentCount
    var action: [Float] = []
    swap(&action, &self.action)
    var span = action.mutableSpan
    switch policy {
    case .zero: for column in span.indices { span[column] = 0 }
    case .random: environment.actionSpace.sample(using: &random, into: &span)
    case .pid:
      let episode = environment.episode(of: row / environment.layout.agentCount)
      if episode.stepCount == 0 { memories[row] = LoopMemory() }
      let goal = environment.task.goal(of: agent, in: episode)
      decoder.encode(
        goal, from: episode.state(of: agent), memory: &memories[row], into: &span)
    }
    swap(&action, &self.action)
  }
}
