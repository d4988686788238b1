import Control
import Drone
package import Gym
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
  private let pilots: Pilots

  /// A trial to come.
  ///
  /// - Parameters:
  ///   - task: The task.
  ///   - episodes: How many episodes to play, all at once.
  ///   - seed: Where random numbers start.
  ///   - pool: The threads that step the worlds.
  ///   - pilots: Who flies which drone; the policy all of them, unless said otherwise.
  /// - Throws: `TaskError` if the task cannot be played.
  package init(
    _ task: Task, episodes: Range<Int>, seed: UInt64, pool: ThreadPool, pilots: Pilots? = nil
  ) throws(TaskError) {
    let environment = try TaskEnvironment(
      task, count: episodes.count, autoresetMode: .nextStep, pool: pool)
    seeds = Array(environmentSeeds(from: seed, count: episodes.upperBound)[episodes])
    batch = StepBatch(layout: environment.layout)
    self.pilots = pilots ?? Pilots(agentCount: task.agentCount)
    self.environment = environment
  }

  /// Plays all episodes.
  ///
  /// - Parameters:
  ///   - policy: What chooses the actions; `nil` for actions of 0.
  ///   - seeing: Is told of every instant, from the first on, with what drones did before it.
  /// - Returns: How it went.
  /// - Throws: `GymError`, `LearningError` if a policy does not fit, and what `seeing` throws.
  package mutating func run(
    _ policy: Policy?,
    seeing: (borrowing TaskEnvironment<Task>, borrowing StepBatch) throws -> Void = { _, _ in }
  ) throws -> TrialResult {
    let layout = environment.layout
    var player = try policy.map { try PolicyPlayer($0, agentCount: layout.rowCount) }
    var others = try PilotPlayer(pilots.rows(worlds: layout.environmentCount), of: environment)
    for (world, seed) in seeds.enumerated() { others.begin(world, seed: seed) }
    var actions = [Float](repeating: 0, count: layout.rowCount * layout.actionCount)
    var scores = Array(repeating: AgentScore(), count: layout.rowCount)
    try environment.reset(seeds: seeds, where: nil, into: &batch)
    try seeing(environment, batch)
    while scores.contains(where: { $0.isRunning }) {
      if player != nil {
        var span = actions.mutableSpan
        player?.act(on: batch.observations, into: &span)
      }
      var rows = batch.rows
      for index in rows.actions.indices { rows.actions[index] = actions[index] }
      others.act(in: environment, where: scores.map(\.isRunning), batch: &batch)
      try environment.step(&batch)
      for row in scores.indices where scores[row].isRunning { note(row, in: &scores[row]) }
      try seeing(environment, batch)
    }
    let fastest = scores.reduce(0) { max($0, $1.fastestTurn) }
    return TrialResult(
      scores, pilots: pilots, period: environment.task.setup.period,
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
