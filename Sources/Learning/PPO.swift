public import Gym
import Randomness
public import Workers

/// Proximal policy optimisation, for one agent or several.
///
/// Each iteration plays ``PPOOptions/horizon`` steps of all environments, estimates how much better than
/// expected each action was, and makes the better ones likelier without going far from the policy that
/// played:
///
///     L = E[ max(−ρ Â, −clip(ρ, 1 − ε, 1 + ε) Â) ] + c₁ ½ E[(V − R)²] − c₂ S
///
/// with the ratio ρ of the new density of an action to the old, the advantage Â, the return R = Â + V
/// and the entropy S. The same seed gives the same weights on any number of threads: samples are
/// summed in chunks of fixed size, and the chunks in order.
///
/// - J. Schulman et al., "Proximal Policy Optimization Algorithms", 2017,
///   [arXiv:1707.06347](https://arxiv.org/abs/1707.06347), eq. 7 and 9.
public struct PPO<Environment: VectorEnvironment & ~Copyable>: ~Copyable {
  /// How it learns.
  package let options: PPOOptions
  /// Where all random numbers come from.
  package let seed: UInt64
  /// What the last iteration did.
  public internal(set) var progress = PPOProgress()
  /// The returns and lengths of the last episodes.
  package internal(set) var statistics: EpisodeStatistics
  /// The moments of what was observed. [–]
  package internal(set) var observationMoments: RunningMoments
  package var environment: Environment
  var batch: StepBatch
  var live: LiveAgents
  var returnMoments = RunningMoments(columns: 1)
  var discountedReturns: [Float]
  var learners: [ActorCritic]
  package var rollout: Rollout
  private let trainers: [MinibatchTrainer]
  /// Whom it imitates, where the options ask for that.
  package var teacher: Teacher?
  private let random: SplitMix64

  /// Networks that know nothing yet, and an environment that has just been reset.
  ///
  /// - Parameters:
  ///   - environment: It must reset by itself in the same step, and take actions from a box.
  ///   - options: How to learn.
  ///   - seed: Where all random numbers come from.
  ///   - pool: The threads that compute: the caller's alone unless said otherwise. Nothing depends on it.
  ///   - isOwn: Which rows learn, where the environment has others fly the rest; `nil` if all do.
  /// - Throws: `LearningError` or `GymError` if these do not fit.
  public init(
    _ environment: consuming Environment, options: PPOOptions, seed: UInt64,
    pool: ThreadPool = ThreadPool(threads: 1), learning isOwn: [Bool]? = nil
  ) throws {
    try options.validate()
    let layout = environment.layout
    try Self.check(environment, layout, options)
    let random = SplitMix64(seed: seed)
    var batch = StepBatch(layout: layout)
    var seeds = random.stream(3)
    try environment.reset(seed: seeds.next(), into: &batch)
    self.environment = environment
    self.batch = batch
    self.options = options
    self.seed = seed
    self.random = random
    var weights = random.stream(0)
    let separate = options.networks == .separate
    learners = (0..<(separate ? layout.agentCount : 1)).map { index in
      ActorCritic(
        agents: separate ? index..<index + 1 : 0..<layout.agentCount,
        agentCount: layout.agentCount, observationCount: layout.observationCount,
        actionCount: layout.actionCount, options: options, random: &weights)
    }
    rollout = Rollout(
      horizon: options.horizon, rowCount: layout.rowCount,
      observationCount: layout.observationCount, actionCount: layout.actionCount,
      isTaught: options.imitation != nil)
    trainers = learners.map { [rollout] in
      MinibatchTrainer(
        for: $0, options: options, layout: layout,
        itemCount: $0.itemCount(rows: options.horizon * rollout.rowCount), pool: pool)
    }
    statistics = EpisodeStatistics(layout: layout)
    observationMoments = RunningMoments(columns: layout.observationCount)
    discountedReturns = Array(repeating: 0, count: layout.rowCount)
    live = LiveAgents(layout: layout, mode: .sameStep, isOwn: isOwn)
  }

  private static func check(
    _ environment: borrowing Environment, _ layout: BatchLayout, _ options: PPOOptions
  ) throws(LearningError) {
    guard environment.autoresetMode == .sameStep else {
      throw .unfitEnvironment("learning needs an environment that resets in the same step")
    }
    guard case .box(let box) = environment.actionSpace, box.count > 0,
      (box.low + box.high).allSatisfy(\.isFinite)
    else { throw .unfitEnvironment("learning needs actions that are numbers with bounds") }
    guard layout.rowCount > 0, layout.observationCount > 0 else {
      throw .unfitEnvironment("there are no agents, or nothing to observe")
    }
    try options.checkSizes(for: layout)
  }

  /// How many steps an iteration plays, over all environments.
  package var stepsPerIteration: Int { options.horizon * environment.layout.environmentCount }

  /// Whether all steps have been played.
  public var isFinished: Bool { progress.stepCount >= options.totalSteps }

  /// Plays, and learns from what was played.
  @discardableResult
  public mutating func iterate() throws -> PPOProgress {
    try checkTeacher()
    do throws(GymError) { try play() } catch {
      guard case .badAction = error else { throw error }
      // Parameters that are finite may be so large that what they give is not.
      throw LearningError.diverged(step: progress.stepCount)
    }
    let values = evaluate()
    estimateAdvantages(cutOffValues: values)
    progress.iteration += 1
    progress.stepCount += stepsPerIteration
    learn()
    progress.meanReward = statistics.meanReward
    progress.meanLength = statistics.meanLength
    guard progress.policyLoss.isFinite && progress.valueLoss.isFinite,
      learners.allSatisfy({ $0.parameters.values.allSatisfy(\.isFinite) })
    else { throw LearningError.diverged(step: progress.stepCount) }
    return progress
  }

  // MARK: Playing

  private mutating func play() throws(GymError) {
    rollout.lastSeen.removeAll(keepingCapacity: true)
    for time in 0..<options.horizon {
      observe(at: time, learning: options.normalisesObservations)
      act(at: time)
      try environment.step(&batch)
      live.update(batch)
      statistics.record(batch)
      note(at: time)
    }
    observe(at: options.horizon, learning: false)
  }

  /// What brings observations to mean 0 and deviation 1, as far as they are known.
  var normaliser: Normaliser {
    let all =
      options.normalisesObservations
      ? Normaliser(observationMoments, limit: options.observationLimit)
      : Normaliser(columns: batch.layout.observationCount, limit: options.observationLimit)
    return options.seenCount.map(all.seeingFirst) ?? all
  }

  private mutating func observe(at time: Int, learning: Bool) {
    if learning { observationMoments.add(batch, where: live.isLive) }
    rollout.note(batch, at: time, where: live.isLive, normaliser)
  }

  private mutating func act(at time: Int) {
    let count = batch.layout.actionCount
    let noise = random.stream(1).stream(
      UInt64(progress.iteration * options.horizon + time))
    for (learner, trainer) in zip(learners, trainers) {
      trainer.act(learner, rollout, time: time, noise: noise)
    }
    askTeacher(at: time)
    guard case .box(let box) = environment.actionSpace else { return }
    let bounds = ActionBounds(box, squashes: options.squashesActions)
    let start = time * rollout.rowCount * count
    bounds.write(FloatView(rollout.actions, from: start), into: &batch)
  }

  /// Notes what came of a step.
  private mutating func note(at time: Int) {
    let (layout, normaliser) = (batch.layout, normaliser)
    let start = time * layout.rowCount
    for row in 0..<layout.rowCount {
      let (terminated, truncated) = (batch.terminations[row], batch.truncations[row])
      let (acted, reward) = (batch.participations[row], batch.rewards[row])
      rollout.acted[start + row] = acted
      rollout.isLast[start + row] = terminated || truncated
      rollout.cutOff[start + row] = -1
      guard acted else { continue }
      rollout.rewards[start + row] = scaled(reward, of: row)
      if terminated || truncated { discountedReturns[row] = 0 }
      guard truncated, !terminated, options.bootstrapsTruncations else { continue }
      rollout.cutOff[start + row] =
        rollout.lastSeen.count / layout.observationCount + row % layout.agentCount
      let environment = row / layout.agentCount
      rollout.noteLast(
        batch, environment: environment, hasEnded: live.hasEnded[environment], normaliser)
    }
  }

  private mutating func scaled(_ reward: Float, of row: Int) -> Float {
    let limit = options.rewardLimit
    guard options.scalesRewards else { return min(max(reward, -limit), limit) }
    discountedReturns[row] = options.discount * discountedReturns[row] + reward
    returnMoments.add(CollectionOfOne(discountedReturns[row]).span)
    let deviation = Float((returnMoments.variance[0] + 1e-8).squareRoot())
    return min(max(reward / deviation, -limit), limit)
  }

  // MARK: Estimating

  /// Values everything that was seen; returns the values of what was seen last before a cut.
  private func evaluate() -> FloatBuffer {
    let rows = rollout.lastSeen.count / batch.layout.observationCount
    let lastSeen = FloatBuffer(rollout.lastSeen)
    let lastValues = FloatBuffer(count: rows)
    for (learner, trainer) in zip(learners, trainers) {
      trainer.evaluate(
        learner, rollout.observations, rows: (options.horizon + 1) * rollout.rowCount,
        into: rollout.values)
      trainer.evaluate(learner, lastSeen, rows: rows, into: lastValues)
    }
    return lastValues
  }

  private func estimateAdvantages(cutOffValues: FloatBuffer) {
    let (rollout, rows) = (rollout, rollout.rowCount)
    let fresh = AdvantageEstimator(discount: options.discount, decay: options.advantageDecay)
    for row in 0..<rows {
      var estimator = fresh
      for time in (0..<rollout.horizon).reversed() {
        let index = time * rows + row
        guard rollout.acted[index] else {
          estimator = fresh
          continue
        }
        let (cut, isLast) = (rollout.cutOff[index], rollout.isLast[index])
        let next =
          cut >= 0
          ? cutOffValues[cut] : isLast ? 0 : rollout.values[index + rows]
        let advantage = estimator.step(
          reward: rollout.rewards[index], value: rollout.values[index], next: next,
          isLast: isLast)
        rollout.advantages[index] = advantage
        rollout.returns[index] = advantage + rollout.values[index]
      }
    }
  }

  // MARK: Learning

  private mutating func learn() {
    let done = Float(progress.stepCount - stepsPerIteration) / Float(options.totalSteps)
    let left = max(1 - done, 0)
    let rate = options.learningRate * (options.annealsLearningRate ? left : 1)
    let clip = options.clipRange * (options.annealsClipRange ? left : 1)
    let imitated = options.imitation == nil ? 0 : max(1 - 2 * done, 0)
    var losses = Losses()
    for index in learners.indices {
      var shuffling = random.stream(2).stream(UInt64(progress.iteration)).stream(UInt64(index))
      var items = trainers[index].items(of: learners[index], in: rollout)
      guard !items.isEmpty else { continue }
      epochs: for _ in 0..<options.epochCount {
        items.shuffle(using: &shuffling)
        for part in 0..<options.minibatchCount {
          let range =
            items.count * part / options.minibatchCount..<items.count * (part + 1)
            / options.minibatchCount
          let loss = trainers[index].step(
            &learners[index], rollout, items: items[range], rate: rate, clip: clip,
            imitated: imitated)
          losses.add(loss)
          if let target = options.targetDivergence, loss.divergence > Double(target) {
            break epochs
          }
        }
      }
    }
    report(losses, rate: rate)
  }

  private mutating func report(_ losses: Losses, rate: Float) {
    let mean = losses.mean
    progress.policyLoss = mean.policy
    progress.valueLoss = mean.value
    progress.divergence = mean.divergence
    progress.clipFraction = mean.clipped
    progress.learningRate = Double(rate)
    progress.explainedVariance = rollout.explainedVariance
    let count = batch.layout.actionCount
    let deviations = learners.flatMap { $0.deviation(count: count) }
    progress.entropy =
      deviations.reduce(0) { $0 + Double($1.logarithm) + halfLogTwoPiE } / Double(learners.count)
    progress.deviation =
      deviations.reduce(0) { $0 + Double($1.value) } / Double(deviations.count)
  }
}

/// ½ log 2πe: the entropy of the standard normal distribution.
private let halfLogTwoPiE = 1.4189385332046727
