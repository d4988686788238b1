import Foundation
import Gym
import Learning
public import Tasks
public import Workers

/// A training run on its way, which leaves its traces in a folder.
///
/// Every some iterations the policy's likeliest actions are tried in episodes of their own; the best
/// policy so far is kept, and training ends when the mean return of such an evaluation reaches the
/// target. A run that was stopped or killed goes on from its last checkpoint as if nothing had happened.
public struct TrainingRun<Task: DroneTask>: ~Copyable {
  /// What is learned and how.
  package let configuration: TrainingConfiguration
  /// Where the traces are.
  package let folder: TrainingFolder
  private let signature: TaskSignature
  private let task: Task
  private let pool: ThreadPool
  var ppo: PPO<PilotedEnvironment<SurvivalTask<Task>>>
  private let pilots: Pilots
  private var trial: PolicyTrial<Task>
  private var table: LearningTable
  private var events: EventWriter
  private var best: Evaluation?
  private let start = ContinuousClock.now
  private var lastSave = ContinuousClock.now
  private let stepsBefore: Int

  /// What an evaluation said, and when.
  private struct Evaluation {
    var meanReturn: Double
    var stepCount: Int
  }

  /// A run that begins in an empty folder, or one that goes on.
  ///
  /// - Parameters:
  ///   - task: The task.
  ///   - configuration: What is learned and how; of a run that goes on, its own, but for the target and
  ///     the number of steps, which may have been raised.
  ///   - folder: Where its traces go.
  ///   - resumes: Whether it goes on from the folder's checkpoint.
  ///   - pool: The threads that compute; the result does not depend on it.
  /// - Throws: `TrainingError`, `TaskError`, `GymError` or `LearningError` where that cannot be.
  public init(
    _ task: Task, _ configuration: TrainingConfiguration, in folder: TrainingFolder,
    resumes: Bool = false, pool: ThreadPool
  ) throws {
    try configuration.validate()
    let pilots = try Pilots(
      configuration.pilots ?? [], of: task, named: configuration.task,
      from: URL(fileURLWithPath: resumes ? folder.path : "."))
    var configuration = configuration
    if !resumes { configuration.pilots = try pilots.keep(in: folder) }
    let environment = try Self.environment(task, configuration, pilots, pool: pool)
    let isOwn = environment.ownRows
    let teacher =
      configuration.options.imitation == nil ? nil : try TaskTeacher(of: environment.worlds)
    var ppo =
      resumes
      ? try PPO.resume(
        from: folder.checkpoint, environment, totalSteps: configuration.options.totalSteps,
        pool: pool, learning: isOwn)
      : try PPO(
        environment, options: configuration.options, seed: configuration.seed, pool: pool,
        learning: isOwn)
    if let teacher {
      ppo.teacher = { environment, actions in teacher.act(in: environment.worlds, into: &actions) }
    }
    // No learner's environment has this seed: its own is a number drawn from the run's.
    let trial = try PolicyTrial(
      task, episodes: 0..<configuration.evaluationEpisodes, seed: ~configuration.seed, pool: pool,
      pilots: pilots)
    let steps = ppo.progress.stepCount
    let table = try LearningTable(path: folder.table, upTo: steps)
    let now = Date()
    let events = try EventWriter(path: folder.events(at: now), wallTime: now.timeIntervalSince1970)
    try folder.write(configuration, to: folder.configuration)
    self.init(
      task, configuration, folder, ppo: ppo, pilots, trial: trial, table: table, events: events,
      best: resumes ? Self.best(in: folder, upTo: steps) : nil, pool: pool)
  }

  /// The worlds in which the task is learned, with all who fly in them.
  private static func environment(
    _ task: Task, _ configuration: TrainingConfiguration, _ pilots: Pilots, pool: ThreadPool
  ) throws -> PilotedEnvironment<SurvivalTask<Task>> {
    let count = configuration.environmentCount
    let worlds = try TaskEnvironment(
      SurvivalTask(base: task, survivalBonus: configuration.survivalBonus),
      count: count, autoresetMode: .sameStep, pool: pool)
    guard let selfPlay = configuration.selfPlay else {
      return try PilotedEnvironment(worlds, pilots.rows(worlds: count))
    }
    guard let teams = task as? any TeamTask else {
      throw TrainingError.unfit(
        "\(configuration.task): there are no teams that play against each other")
    }
    return try PilotedEnvironment(worlds, selfPlay.rows(worlds: count, of: teams))
  }

  private init(
    _ task: Task, _ configuration: TrainingConfiguration, _ folder: TrainingFolder,
    ppo: consuming PPO<PilotedEnvironment<SurvivalTask<Task>>>, _ pilots: Pilots,
    trial: consuming PolicyTrial<Task>, table: LearningTable, events: consuming EventWriter,
    best: Evaluation?, pool: ThreadPool
  ) {
    signature = TaskSignature(of: task, named: configuration.task)
    (self.task, self.configuration, self.folder) = (task, configuration, folder)
    stepsBefore = ppo.progress.stepCount
    self.ppo = ppo
    self.pilots = pilots
    self.trial = trial
    self.events = events
    (self.table, self.best, self.pool) = (table, best, pool)
  }

  /// Plays the task from now on as it is to be learned at this time.
  private mutating func followCurriculum() {
    let share = min(1, Double(ppo.progress.stepCount) / Double(configuration.options.totalSteps))
    guard let base = (task as? any CurriculumTask)?.asLearned(after: share) as? Task else { return }
    let taught = SurvivalTask(base: base, survivalBonus: configuration.survivalBonus)
    ppo.environment.replaceTask(with: taught)
  }

  /// The best evaluation of a run until its checkpoint; a later one will be made again.
  private static func best(in folder: TrainingFolder, upTo steps: Int) -> Evaluation? {
    guard let policy = try? Policy(contentsOf: folder.best),
      let mean = policy.metadata["evaluation_mean"].flatMap(Double.init),
      let then = policy.metadata["steps"].flatMap(Int.init), then <= steps
    else { return nil }
    return Evaluation(meanReturn: mean, stepCount: then)
  }

  /// Whether the target has been reached.
  private var hasReachedTarget: Bool {
    guard let target = configuration.target, let best else { return false }
    return best.meanReturn >= target
  }

  /// Learns until the target is reached or all steps are played.
  ///
  /// - Parameters:
  ///   - saveInterval: The time from one checkpoint to the next.
  ///   - continues: Is told what each iteration did, and answers whether to go on.
  /// - Returns: How it went, or `nil` if it was stopped; then a checkpoint was saved.
  /// - Throws: `TrainingError`, `GymError` or `LearningError`.
  public mutating func train(
    savingEvery saveInterval: Duration = .seconds(10),
    continues: (TrainingProgress) -> Bool = { _ in true }
  ) throws -> TrainingSummary? {
    if ppo.progress.iteration == 0 {
      try keepPast()
      try save()
    } else {
      try loadPast()
    }
    while !ppo.isFinished, !hasReachedTarget {
      followCurriculum()
      try ppo.iterate()
      try keepPast()
      let evaluation = try evaluateIfDue()
      let progress = try note(evaluation)
      if ContinuousClock.now - lastSave >= saveInterval { try save() }
      guard continues(progress) else {
        try save()
        return nil
      }
    }
    try save()
    return try summarise()
  }

  private mutating func evaluateIfDue() throws -> TrialResult? {
    let isDue = ppo.progress.iteration % configuration.evaluationInterval == 0
    guard isDue || ppo.isFinished else { return nil }
    let result = try trial.run(ppo.policy())
    // What one team gains the other loses: the best that plays against itself is the last.
    if configuration.selfPlay != nil || result.meanReturn > best?.meanReturn ?? -.infinity {
      best = Evaluation(meanReturn: result.meanReturn, stepCount: ppo.progress.stepCount)
      try policy(of: result).write(to: folder.best)
    }
    return result
  }

  /// The policy as it is, with all that its file should say.
  func policy(of evaluation: TrialResult? = nil) throws -> Policy {
    var metadata = signature.entries.merging(signature.words) { own, _ in own }
    metadata[TrainedPolicy.documentKey] = configuration.document
    metadata["seed"] = "\(configuration.seed)"
    metadata["steps"] = "\(ppo.progress.stepCount)"
    metadata["environments"] = "\(configuration.environmentCount)"
    metadata["evaluation_mean"] = evaluation.map { "\($0.meanReturn)" }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    metadata["hyperparameters"] = String(
      decoding: try encoder.encode(configuration.options), as: UTF8.self)
    return ppo.policy(metadata: metadata)
  }

  /// Writes down what an iteration did.
  private mutating func note(_ evaluation: TrialResult?) throws -> TrainingProgress {
    let p = ppo.progress
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let progress = TrainingProgress(
      learning: p, totalSteps: configuration.options.totalSteps,
      seconds: table.secondsBefore + seconds,
      stepsPerSecond: Double(p.stepCount - stepsBefore) / max(seconds, 1e-9),
      bestReturn: best?.meanReturn)
    try table.append(
      steps: p.stepCount,
      [
        progress.seconds, p.meanReward, p.meanLength, evaluation?.meanReturn, p.policyLoss,
        p.valueLoss, p.entropy, p.divergence, p.clipFraction, p.explainedVariance, p.deviation,
        p.learningRate,
      ])
    var curves = p.curves(seconds: progress.seconds)
    if let evaluation {
      curves.append(("eval/mean_reward", evaluation.meanReturn))
      curves.append(("eval/mean_ep_length", evaluation.meanLength))
    }
    try events.write(curves, step: p.stepCount, wallTime: Date().timeIntervalSince1970)
    return progress
  }

  /// Saves all that going on depends on, and the policy as it is.
  private mutating func save() throws {
    try ppo.writeCheckpoint(to: folder.checkpoint)
    try policy().write(to: folder.last)
    lastSave = .now
  }

  /// Tries the best policy in a hundred episodes that nothing was chosen by.
  private func summarise() throws -> TrainingSummary {
    let policy = try Policy(contentsOf: folder.best)
    var trial = try PolicyTrial(
      task, episodes: 0..<100, seed: configuration.seed &+ 1_000_000, pool: pool, pilots: pilots)
    let seconds = table.secondsBefore + (ContinuousClock.now - start) / .seconds(1)
    let summary = TrainingSummary(
      configuration: configuration, stepCount: ppo.progress.stepCount, seconds: seconds,
      hasReachedTarget: configuration.target.map { _ in hasReachedTarget },
      bestStepCount: best?.stepCount ?? 0, best: try trial.run(policy), folder: folder.path)
    try folder.write(summary, to: folder.summary)
    return summary
  }
}
