import Gym
package import Learning
import Randomness
package import Tasks
package import Workers

/// How far the actions of a policy with weights of eight bits are from its own, over what it observes when it plays
/// its task: as shares of half of the way between the bounds of an action.
package struct RoundingDifference: Sendable, Hashable, Encodable {
  /// The largest difference of one number of an action. [–]
  package let largest: Double
  /// The root of the mean square difference. [–]
  package let rootMeanSquare: Double
  /// Over how many observations. [–]
  package let observationCount: Int

  /// In how many worlds the task is played at once, for as long as an episode lasts. [–]
  private static let worldCount = 32

  /// Plays the task by the policy itself, and compares.
  ///
  /// - Parameters:
  ///   - policy: The policy.
  ///   - network: The network whose actions are compared.
  ///   - task: Its task.
  ///   - seed: Where random numbers start.
  ///   - pool: The threads that step the worlds.
  /// - Throws: What keeps the task from being played by it.
  package init(
    of policy: Policy, network: Int, in task: some DroneTask, seed: UInt64 = 0, pool: ThreadPool
  ) throws {
    var environment = try TaskEnvironment(
      task, count: Self.worldCount, autoresetMode: .sameStep, pool: pool)
    let layout = environment.layout
    var batch = StepBatch(layout: layout)
    var player = try PolicyPlayer(policy, agentCount: layout.rowCount)
    var rounded = try PolicyPlayer(policy.rounded, agentCount: layout.rowCount)
    var actions = [Float](repeating: 0, count: layout.rowCount * layout.actionCount)
    var others = actions
    let reach = zip(policy.actionSpace.low, policy.actionSpace.high).map { ($1 - $0) / 2 }
    var (largest, squares, count) = (0.0, 0.0, 0)
    try environment.reset(
      seeds: environmentSeeds(from: seed, count: Self.worldCount), where: nil, into: &batch)
    for _ in 0..<task.setup.stepLimit {
      var own = actions.mutableSpan
      player.act(on: batch.observations, into: &own)
      var other = others.mutableSpan
      rounded.act(on: batch.observations, into: &other)
      for row in 0..<layout.rowCount where row % policy.networkCount == network {
        count += 1
        for column in 0..<layout.actionCount {
          let index = row * layout.actionCount + column
          let share = Double((actions[index] - others[index]) / reach[column])
          (largest, squares) = (max(largest, share.magnitude), squares + share * share)
        }
      }
      var rows = batch.rows
      for index in rows.actions.indices { rows.actions[index] = actions[index] }
      try environment.step(&batch)
    }
    (self.largest, observationCount) = (largest, count)
    rootMeanSquare = (squares / Double(max(1, count * layout.actionCount))).squareRoot()
  }
}
