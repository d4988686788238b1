import Gym
import GymAdapters
import GymTesting
import Learning
import Randomness
import Testing

/// The slopes of PPO's loss, against differences of the loss itself.
struct LossTests {
  private let agents = 6
  private let learner: ActorCritic
  private let rollout: Rollout
  private var options = PPOOptions()

  /// Six samples of two actions; ratios on both sides of the clip range, advantages of both signs, and
  /// one agent that is not there.
  init() {
    var random = SplitMix64(seed: 21)
    options.entropyCoefficient = 0.1
    options.hiddenSizes = [4]
    options.valueClipRange = 0.3
    learner = ActorCritic(
      agents: 0..<1, agentCount: 1, observationCount: 3, actionCount: 2, options: options,
      random: &random)
    options.imitation = 0.7
    var rollout = Rollout(
      horizon: 1, rowCount: agents, observationCount: 3, actionCount: 2, isTaught: true)
    learner.parameters[learner.deviations] = -0.4
    learner.parameters[learner.deviations + 1] = 0.2
    for sample in 0..<agents {
      rollout.acted[sample] = sample != 2
      rollout.advantages[sample] = [1.5, -0.7, 9, 0.4, -1.1, 0.6][sample]
      rollout.returns[sample] = Float(random.uniform(in: -1...1))
      rollout.values[sample] = Float(random.uniform(in: -1...1))
      rollout.logDensities[sample] = [-2.2, -2.5, 0, -3.6, -2.0, -2.6][sample]
      for action in 0..<2 {
        rollout.actions[2 * sample + action] = Float(random.uniform(in: -1...1))
      }
    }
    for index in 0..<2 * agents { rollout.taught[index] = Float(random.uniform(in: -1...1)) }
    self.rollout = rollout
  }

  private func outputs() -> (Workspace, Workspace) {
    var random = SplitMix64(seed: 5)
    let means = Workspace(for: learner.actor, rows: agents)
    let values = Workspace(for: learner.critic, rows: agents)
    for row in 0..<agents {
      for action in 0..<2 {
        means.outputs[row * 8 + action] = Float(random.uniform(in: -0.5...0.5))
      }
      values.outputs[row * 8] = Float(random.uniform(in: -1...1))
    }
    return (means, values)
  }

  /// The whole loss, with the entropy Σ log σ up to a constant.
  private func loss(
    _ means: Workspace, _ values: Workspace, _ gradient: FloatBuffer, imitated: Float
  ) -> Double {
    let items = Array(0..<agents)[...]
    let scale = AdvantageScale(learner, rollout, items: items, isNeeded: true)
    let losses = PPOLoss(
      options: options, clip: 0.2, scale: scale, actionCount: 2, imitated: imitated
    ).differentiate(
      learner, rollout, items: items, means: means, values: values,
      deviationGradient: FloatView(gradient))
    let entropy =
      learner.parameters[learner.deviations] + learner.parameters[learner.deviations + 1]
    return losses.policy + Double(options.valueCoefficient) * losses.value
      - Double(options.entropyCoefficient * entropy)
  }

  /// The difference of the loss over 2h, where one number is moved by h to either side.
  private func difference(_ buffer: FloatBuffer, _ index: Int, _ loss: () -> Double) -> Double {
    let (value, h) = (buffer[index], Float(0x1p-7))
    buffer[index] = value + h
    let above = loss()
    buffer[index] = value - h
    let below = loss()
    buffer[index] = value
    return (above - below) / Double(2 * h)
  }

  /// Central differences of h = 1/128 are right to h² ≈ 6e-5 times the third derivative.
  @Test(
    "slopes of means, deviations and values are those of finite differences, a teacher's share too",
    arguments: [0, 0.6, 1] as [Float])
  func slopesMatchDifferences(imitated: Float) {
    let (means, values) = outputs()
    let (gradient, unused) = (FloatBuffer(count: 8), FloatBuffer(count: 8))
    _ = loss(means, values, gradient, imitated: imitated)
    let slopes = (means.outputSlopes.values, values.outputSlopes.values)
    for row in 0..<agents {
      for action in 0..<2 {
        let index = row * 8 + action
        let expected = difference(means.outputs, index) {
          loss(means, values, unused, imitated: imitated)
        }
        #expect(abs(Double(slopes.0[index]) - expected) < 1e-3, "mean \(row), \(action)")
      }
      let expected = difference(values.outputs, row * 8) {
        loss(means, values, unused, imitated: imitated)
      }
      #expect(abs(Double(slopes.1[row * 8]) - expected) < 1e-3, "value \(row)")
    }
    for action in 0..<2 {
      let expected = difference(learner.parameters, learner.deviations + action) {
        loss(means, values, unused, imitated: imitated)
      }
      #expect(abs(Double(gradient[action]) - expected) < 2e-3, "deviation \(action)")
    }
    #expect(slopes.0[16] == 0 && slopes.1[16] == 0, "who is not there teaches nothing")
    #expect(slopes.0.contains { abs($0) > 0.01 })
  }
}

/// Losses of more samples than are computed side by side.
struct ManySamplesTests {
  private let count = 21

  private func learner(_ options: PPOOptions) -> ActorCritic {
    var random = SplitMix64(seed: 4)
    return ActorCritic(
      agents: 0..<1, agentCount: 1, observationCount: 3, actionCount: 3, options: options,
      random: &random)
  }

  private func rollout(_ random: inout SplitMix64) -> Rollout {
    var rollout = Rollout(horizon: 1, rowCount: count, observationCount: 3, actionCount: 3)
    for sample in 0..<count {
      rollout.acted[sample] = sample % 5 != 3
      rollout.advantages[sample] = Float(random.uniform(in: -1...1))
      rollout.returns[sample] = Float(random.uniform(in: -1...1))
      rollout.values[sample] = Float(random.uniform(in: -1...1))
      rollout.logDensities[sample] = Float(random.uniform(in: -4 ... -2))
      for action in 0..<3 {
        rollout.actions[3 * sample + action] = Float(random.uniform(in: -1...1))
      }
    }
    return rollout
  }

  /// What the networks may have given for some samples, the first of which has a number.
  private func outputs(_ learner: ActorCritic, of numbers: Range<Int>) -> (Workspace, Workspace) {
    let means = Workspace(for: learner.actor, rows: numbers.count)
    let values = Workspace(for: learner.critic, rows: numbers.count)
    for (row, number) in numbers.enumerated() {
      for action in 0..<3 {
        means.outputs[row * 8 + action] = Float(action - 1) * 0.01 * Float(number)
      }
      values.outputs[row * 8] = 0.1 * Float(number) - 1
    }
    return (means, values)
  }

  @Test("the loss of some samples, in any order, is the sum of each one's, and so are the slopes")
  func lossesAddUp() {
    var options = PPOOptions()
    options.entropyCoefficient = 0.01
    options.valueClipRange = 0.2
    var random = SplitMix64(seed: 9)
    let (learner, rollout) = (learner(options), rollout(&random))
    let items = (0..<count).map { ($0 * 8) % count }
    let scale = AdvantageScale(learner, rollout, items: items[...], isNeeded: true)
    let loss = PPOLoss(options: options, clip: 0.2, scale: scale, actionCount: 3)
    let (all, sum) = (FloatBuffer(count: 3), FloatBuffer(count: 3))
    let (means, values) = outputs(learner, of: 0..<count)
    let whole = loss.differentiate(
      learner, rollout, items: items[...], means: means, values: values,
      deviationGradient: FloatView(all))
    var parts = SIMD3<Double>.zero
    for number in 0..<count {
      let (mean, value) = outputs(learner, of: number..<number + 1)
      let part = loss.differentiate(
        learner, rollout, items: items[number...number], means: mean, values: value,
        deviationGradient: FloatView(sum))
      parts += SIMD3(part.policy, part.value, part.divergence)
      let own = mean.outputSlopes.values + value.outputSlopes.values
      let among = (means.outputSlopes.values, values.outputSlopes.values)
      let rows = number * 8..<number * 8 + 8
      #expect(among.0[rows] + among.1[rows] == own[...], "sample \(number)")
      #expect(rollout.acted[items[number]] || own.allSatisfy { $0 == 0 })
    }
    // Sums of 21 numbers below 1 in single precision, in another order.
    let difference = parts - SIMD3(whole.policy, whole.value, whole.divergence)
    #expect((0..<3).allSatisfy { abs(difference[$0]) < 1e-6 && abs(all[$0] - sum[$0]) < 1e-6 })
    #expect(whole.policy != 0 && all.values.allSatisfy { $0 != 0 })
  }
}

/// One number that never changes, and a reward of 1 a step, for five steps.
private struct Treadmill: SubEnvironment {
  let agentCount = 1
  let observationSpace = BoxSpace(count: 1, in: -1...1)
  let actionSpace = Space.box(BoxSpace(count: 1, in: -1...1))
  let isTerminating: Bool
  private var stepCount = 0

  private enum CodingKeys: CodingKey { case isTerminating, stepCount }

  init(isTerminating: Bool) { self.isTerminating = isTerminating }

  mutating func reset(using random: inout SplitMix64) { stepCount = 0 }

  mutating func step(
    _ actions: Span<Float>, into rows: inout StepRows, using random: inout SplitMix64
  ) {
    stepCount += 1
    rows.rewards[0] = 1
    rows.terminations[0] = stepCount == 5 && isTerminating
    rows.truncations[0] = stepCount == 5 && !isTerminating
  }

  func observe(into observations: inout MutableSpan<Float>) { observations[0] = 0.5 }
}

struct EndingTests {
  /// With γ = 0.8 a treadmill without end is worth 1 / (1 − γ) = 5.
  ///
  /// One that ends is worth the mean over
  /// its five steps of (1 − γⁿ) / (1 − γ), n = 1 … 5, which is 2.31, to who cannot tell them apart.
  @Test(
    "truncation bootstraps unless told otherwise, termination does not",
    arguments: [(false, true, 5.0), (false, false, 2.31), (true, true, 2.31)])
  func endingsCount(isTerminating: Bool, bootstraps: Bool, worth: Double) throws {
    var options = PPOOptions()
    options.bootstrapsTruncations = bootstraps
    options.totalSteps = 32 * 32 * 60
    options.discount = 0.8
    options.advantageDecay = 1
    options.learningRate = 5e-3
    options.scalesRewards = false
    options.normalisesObservations = false
    var ppo = try PPO(
      SyncVectorEnvironment(Treadmill(isTerminating: isTerminating), count: 32), options: options,
      seed: 1)
    while !ppo.isFinished { try ppo.iterate() }
    #expect(abs(Double(ppo.rollout.values[0]) - worth) < 0.15)
  }
}
