import Control
import Drone
import Gym
package import Learning
import SpatialMath
package import Tasks
package import Workers

/// Episodes of a task, to see what a policy is worth: its likeliest actions, without chance.
///
/// Episode i begins from the i-th stream of the seed, whatever the number of episodes.
package struct PolicyTrial<Task: DroneTask>: ~Copyable {
  private var environment: TaskEnvironment<Task>
  private var batch: StepBatch
  private let seeds: [UInt64]

  /// A trial to come.
  ///
  /// - Parameters:
  ///   - task: The task.
  ///   - episodes: How many episodes to play, all at once.
  ///   - seed: Where random numbers start.
  ///   - pool: The threads that step the worlds.
  /// - Throws: `TaskError` if the task cannot be played.
  package init(
    _ task: Task, episodes: Range<Int>, seed: UInt64, pool: ThreadPool
  ) throws(TaskError) {
    let environment = try TaskEnvironment(
      task, count: episodes.count, autoresetMode: .nextStep, pool: pool)
    seeds = Array(environmentSeeds(from: seed, count: episodes.upperBound)[episodes])
    batch = StepBatch(layout: environment.layout)
    self.environment = environment
  }

  /// Plays all episodes.
  ///
  /// - Parameters:
  ///   - policy: What chooses the actions; `nil` for actions of 0.
  ///   - seeing: Is told of every instant, from the first on.
  /// - Returns: How it went.
  /// - Throws: `GymError`, `LearningError` if the policy does not fit, and what `seeing` throws.
  package mutating func run(
    _ policy: Policy?, seeing: (borrowing TaskEnvironment<Task>) throws -> Void = { _ in }
  ) throws -> TrialResult {
    let layout = environment.layout
    var player = try policy.map { try PolicyPlayer($0, agentCount: layout.rowCount) }
    var actions = [Float](repeating: 0, count: layout.rowCount * layout.actionCount)
    var scores = Array(repeating: AgentScore(), count: layout.rowCount)
    try environment.reset(seeds: seeds, where: nil, into: &batch)
    try seeing(environment)
    while scores.contains(where: { $0.isRunning }) {
      if player != nil {
        var span = actions.mutableSpan
        player?.act(on: batch.observations, into: &span)
      }
      var rows = batch.rows
      for index in rows.actions.indices { rows.actions[index] = actions[index] }
      try environment.step(&batch)
      for row in scores.indices where scores[row].isRunning { note(row, in: &scores[row]) }
      try seeing(environment)
    }
    let fastest = scores.reduce(0) { max($0, $1.fastestTurn) }
    return TrialResult(
      scores, agentCount: layout.agentCount, period: environment.task.setup.period,
      note: environment.task.setup.energyNote(onTurningAt: fastest))
  }

  /// Takes in what a step was for one drone.
  private func note(_ row: Int, in score: inout AgentScore) {
    guard batch.participations[row] else { return }
    let (agent, task) = (row % batch.layout.agentCount, environment.task)
    let episode = environment.episode(of: row / batch.layout.agentCount)
    score.totalReward += Double(batch.rewards[row])
    score.length += 1
    score.fastestTurn = max(score.fastestTurn, episode.state(of: agent).bodyRates.norm)
    let goal = task.goal(of: agent, in: episode).position
    score.squaredErrors += (goal - episode.position(of: agent)).squaredNorm
    guard batch.terminations[row] || batch.truncations[row] else { return }
    score.isRunning = false
    score.hasSucceeded = task.hasSucceeded(agent, in: episode)
    score.hasCrashed = !score.hasSucceeded && score.length < task.setup.stepLimit
  }
}

/// How one drone did in one episode.
struct AgentScore: Sendable, Hashable {
  /// Whether its episode goes on.
  var isRunning = true
  /// The sum of its rewards. [–]
  var totalReward = 0.0
  /// How many steps it took part in. [–]
  var length = 0
  /// The sum of the squares of its distances from its goal. [m²]
  var squaredErrors = 0.0
  /// The fastest that it turned after a step. [rad/s]
  var fastestTurn = 0.0
  /// Whether it did what it was to do.
  var hasSucceeded = false
  /// Whether its episode ended before its time without that.
  var hasCrashed = false
}

/// How a policy did.
package struct TrialResult: Sendable, Hashable, Encodable {
  /// The return of each episode, the mean over its drones. [–]
  package let returns: [Double]
  /// The mean of the returns. [–]
  package let meanReturn: Double
  /// The deviation of the returns from their mean. [–]
  package let returnDeviation: Double
  /// The mean number of steps that a drone took part in. [–]
  package let meanLength: Double
  /// The share of drones that did what they were to do. [–]
  package let successRate: Double
  /// The share of drones whose episode ended before its time without that. [–]
  package let crashRate: Double
  /// The root of the mean square distance from the goal, over all steps. [m]
  package let goalRMSE: Double

  /// The mean time after which the episodes of drones that did so ended; `nil` where none did. [s]
  package let successTime: Double?

  /// What to tell of a drone that turned faster than physics is sure of, if one did.
  package let note: String?

  private let scores: [AgentScore]
  private let period: Double

  /// How a policy did in several lots of episodes.
  package init(joining results: [TrialResult]) {
    self.init(
      results.flatMap(\.scores),
      agentCount: results.first.map { $0.scores.count / $0.returns.count } ?? 1,
      period: results.first?.period ?? 1,
      note: results.compactMap(\.note).first)
  }

  init(_ scores: [AgentScore], agentCount: Int, period: Double, note: String?) {
    (self.scores, self.period, self.note) = (scores, period, note)
    returns = stride(from: 0, to: scores.count, by: agentCount).map { first in
      scores[first..<first + agentCount].reduce(0) { $0 + $1.totalReward } / Double(agentCount)
    }
    let (count, agents) = (Double(returns.count), Double(scores.count))
    let mean = returns.reduce(0, +) / count
    meanReturn = mean
    returnDeviation = (returns.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    let steps = Double(scores.reduce(0) { $0 + $1.length })
    meanLength = steps / agents
    successRate = Double(scores.count { $0.hasSucceeded }) / agents
    crashRate = Double(scores.count { $0.hasCrashed }) / agents
    let successes = scores.filter(\.hasSucceeded)
    let stepsToSuccess = Double(successes.reduce(0) { $0 + $1.length })
    successTime = successes.isEmpty ? nil : period * stepsToSuccess / Double(successes.count)
    goalRMSE = (scores.reduce(0) { $0 + $1.squaredErrors } / max(steps, 1)).squareRoot()
  }

  private enum CodingKeys: CodingKey {
    case meanReturn, returnDeviation, meanLength, successRate, crashRate, successTime, goalRMSE
  }
}
