import Gym
import GymAdapters
import GymTesting
import Learning
import Testing

/// Options that learn the pendulum in some seconds.
func pendulumOptions() -> PPOOptions {
  var options = PPOOptions()
  options.totalSteps = 160_000
  options.epochCount = 10
  options.minibatchCount = 8
  options.learningRate = 2e-3
  options.discount = 0.95
  return options
}

/// The mean return of a policy's likeliest actions, over a batch of environments whose episodes all
/// have the same length.
func meanReturn<E: SubEnvironment>(of policy: Policy, in environment: E, episodes: Int, steps: Int)
  throws -> Double
{
  var environment = SyncVectorEnvironment(environment, count: episodes)
  let layout = environment.layout
  var batch = StepBatch(layout: layout)
  var player = try PolicyPlayer(policy, agentCount: layout.rowCount)
  var actions = [Float](repeating: 0, count: layout.rowCount * layout.actionCount)
  var total = 0.0
  try environment.reset(seed: 99, into: &batch)
  for _ in 0..<steps {
    var span = actions.mutableSpan
    player.act(on: batch.observations, into: &span)
    var rows = batch.rows
    for index in rows.actions.indices { rows.actions[index] = actions[index] }
    try environment.step(&batch)
    for row in 0..<layout.rowCount { total += Double(batch.rewards[row]) }
  }
  return total / Double(layout.rowCount)
}

struct PendulumLearningTests {
  /// Pendulums at random return about −1200, good controllers about −150, since they begin anywhere.
  @Test("the pendulum is swung up and kept there", arguments: 1...3 as ClosedRange<UInt64>)
  func pendulumIsSwungUp(seed: UInt64) throws {
    var ppo = try PPO(
      SyncVectorEnvironment(Pendulum(), count: 64), options: pendulumOptions(), seed: seed)
    while !ppo.isFinished { try ppo.iterate() }
    let result = try meanReturn(of: ppo.policy(), in: Pendulum(), episodes: 100, steps: 200)
    #expect(result > -300, "the mean return is \(result)")
  }

  @Test("it learns with squashed actions too")
  func squashedActionsLearn() throws {
    var options = pendulumOptions()
    options.squashesActions = true
    var ppo = try PPO(SyncVectorEnvironment(Pendulum(), count: 64), options: options, seed: 1)
    while !ppo.isFinished { try ppo.iterate() }
    let result = try meanReturn(of: ppo.policy(), in: Pendulum(), episodes: 100, steps: 200)
    #expect(result > -300, "the mean return is \(result)")
  }
}

/// Two agents, each with its own door, learned alone or together.
struct MultiAgentLearningTests {
  private static let cases = PPOOptions.Networks.allCases.flatMap { networks in
    PPOOptions.Critic.allCases.map { (networks, $0) }
  }

  @Test("agents find their doors with any networks and critic", arguments: cases)
  func agentsFindTheirDoors(networks: PPOOptions.Networks, critic: PPOOptions.Critic) throws {
    var options = PPOOptions()
    options.totalSteps = 60_000
    options.networks = networks
    options.critic = critic
    options.learningRate = 2e-3
    var ppo = try PPO(SyncVectorEnvironment(Corridor(), count: 64), options: options, seed: 5)
    while !ppo.isFinished { try ppo.iterate() }
    // The agents are 2/3 apart from their doors on average: 7 steps of a tenth, or so. Who goes
    // straight there returns about 1 − Σ distances ≈ −1.5; who stays, −27.
    let reward = try #require(ppo.progress.meanReward)
    let length = try #require(ppo.progress.meanLength)
    #expect(reward > -3 && length < 12, "return \(reward), length \(length)")
    let arrived = ppo.statistics.recent.count { $0.isTerminated }
    #expect(arrived == ppo.statistics.recent.count)
    #expect(ppo.policy().networkCount == (networks == .separate ? 2 : 1))
  }
}

struct PolicyPlayerTests {
  @Test(
    "an observation that is no number gives the middle of the bounds, and disturbs no other row")
  func badObservationsAreContained() throws {
    let policy = try somePolicy()
    let good = actions(of: policy, on: [0.1, 0.5, -0.2, 0.3, -0.4, 0.9])
    let bad = actions(of: policy, on: [.nan, 0.5, -0.2, 0.3, -0.4, 0.9])
    #expect(bad == [0, good[1]] && good[0] != 0)
  }

  @Test("numbers that are not looked at change nothing")
  func unseenNumbersAreIgnored() throws {
    var options = PPOOptions()
    options.seenCount = 2
    var ppo = try PPO(SyncVectorEnvironment(Corridor(), count: 16), options: options, seed: 3)
    try ppo.iterate()
    let policy = ppo.policy()
    #expect(actions(of: policy, on: [0.1, 0.5, -0.2]) == actions(of: policy, on: [0.1, 0.5, 0.9]))
    #expect(
      actions(of: policy, on: [0.1, 0.5, -0.2]) != actions(of: policy, on: [0.1, 0.4, -0.2]))
  }

  @Test("networks of one's own act for their own agents")
  func separateNetworksActInTurn() throws {
    let policy = try somePolicy(networks: .separate)
    let row: [Float] = [0.1, 0.5, -0.2]
    let four = actions(of: policy, on: row + row + row + row)
    #expect(four[0] == four[2] && four[1] == four[3] && four[0] != four[1])
    #expect(throws: LearningError.self) { _ = try PolicyPlayer(policy, agentCount: 3) }
  }

  private func actions(of policy: Policy, on observations: [Float]) -> [Float] {
    var actions = [Float](repeating: 7, count: observations.count / 3)
    guard var player = try? PolicyPlayer(policy, agentCount: actions.count) else { return [] }
    var span = actions.mutableSpan
    player.act(on: observations.span, into: &span)
    return actions
  }
}
