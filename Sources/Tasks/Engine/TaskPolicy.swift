import Control
import Drone
public import Gym
package import Randomness
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
  private var pilot: AirframePilot?
  private var memories: [LoopMemory<Double>]
  private var random: SplitMix64
  private var action: [Float]

  /// A player with a memory of its own for each row of a batch.
  public init(_ policy: TaskPolicy, of environment: borrowing TaskEnvironment<Task>, seed: UInt64) {
    self.policy = policy
    decoder = environment.rules.decoder
    if environment.rules.setup.randomisation.drawsAirframes {
      pilot = AirframePilot(environment.rules.setup, rowCount: environment.layout.rowCount)
    }
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
    // Taken out and put back, so that they are written where they are.
    var (action, random) = ([] as [Float], self.random)
    swap(&action, &self.action)
    var span = action.mutableSpan
    act(for: row, by: policy, using: &random, in: environment, into: &span)
    swap(&action, &self.action)
    self.random = random
  }

  /// Writes the action of one agent, by any of the policies.
  ///
  /// - Parameters:
  ///   - row: The agent.
  ///   - policy: The policy.
  ///   - random: Where chance comes from.
  ///   - environment: Where the agent is.
  ///   - action: As many numbers as an action has, all overwritten.
  package mutating func act(
    for row: Int, by policy: TaskPolicy, using random: inout SplitMix64,
    in environment: borrowing TaskEnvironment<Task>, into action: inout MutableSpan<Float>
  ) {
    switch policy {
    case .zero: for column in action.indices { action[column] = 0 }
    case .random: environment.actionSpace.sample(using: &random, into: &action)
    case .pid:
      let agent = row % environment.layout.agentCount
      let episode = environment.episode(of: row / environment.layout.agentCount)
      if episode.stepCount == 0 { memories[row] = LoopMemory() }
      let goal = environment.task.goal(of: agent, in: episode)
      guard pilot == nil else {
        pilot?.write(
          row, of: environment.variation(ofRow: row), from: episode.state(of: agent),
          towards: goal, integral: &memories[row].positionIntegral, into: &action)
        break
      }
      decoder.encode(
        goal, from: episode.state(of: agent), memory: &memories[row], into: &action)
    }
  }

  /// What position control remembers of each agent.
  package var controlMemories: [ControlMemory] {
    get { memories.map { ControlMemory($0) } }
    set { memories = newValue.map(\.loops) }
  }
}
