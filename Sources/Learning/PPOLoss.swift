import SpatialMath
import Synchronization

/// How the advantages of a minibatch are scaled, and over how many samples its loss is a mean.
package struct AdvantageScale: Sendable {
  private(set) var sampleCount: Float = 0
  private(set) var mean: Float = 0
  private(set) var inverseDeviation: Float = 1

  package init(
    _ learner: ActorCritic, _ rollout: Rollout, items: ArraySlice<Int>, isNeeded: Bool
  ) {
    var moments = RunningMoments(columns: 1)
    for item in items {
      let row = learner.row(of: item)
      for sample in row..<row + learner.groupCount where rollout.acted[sample] {
        moments.add(CollectionOfOne(rollout.advantages[sample]).span)
      }
    }
    sampleCount = Float(moments.rowCount)
    guard isNeeded else { return }
    mean = Float(moments.mean[0])
    inverseDeviation = 1 / (Float(moments.variance[0].squareRoot()) + 1e-8)
  }

  func callAsFunction(_ advantage: Float) -> Float { (advantage - mean) * inverseDeviation }
}

/// The losses of the chunks of a minibatch, each written by whichever thread has it.
final class ChunkLosses: Sendable {
  private let losses: Mutex<[Losses]>

  init(count: Int) { losses = Mutex(Array(repeating: Losses(), count: count)) }

  func set(_ loss: Losses, for chunk: Int) { losses.withLock { $0[chunk] = loss } }

  /// The sum, in order of the chunks.
  var sum: Losses {
    losses.withLock { list in
      var sum = Losses()
      for loss in list { sum.add(loss) }
      return sum
    }
  }
}

/// PPO's loss over a chunk of samples, and its slopes with respect to what the networks gave.
package struct PPOLoss {
  let options: PPOOptions
  let clip: Float
  let scale: AdvantageScale
  let actionCount: Int
  /// The share of the policy's loss that is a teacher's. [–]
  let imitated: Float

  package init(
    options: PPOOptions, clip: Float, scale: AdvantageScale, actionCount: Int, imitated: Float = 0
  ) {
    self.options = options
    self.clip = clip
    self.scale = scale
    self.actionCount = actionCount
    self.imitated = imitated
  }

  /// The losses, as shares of the minibatch's means; the slopes go to the workspaces.
  package func differentiate(
    _ learner: ActorCritic, _ rollout: Rollout, items: ArraySlice<Int>, means: Workspace,
    values: Workspace, deviationGradient: FloatView
  ) -> Losses {
    means.outputSlopes.fill(with: 0)
    values.outputSlopes.fill(with: 0)
    let deviation = learner.deviation(count: actionCount)
    let (share, valueWidth) = (1 / scale.sampleCount, learner.critic.outputWidth)
    var losses = Losses(policy: 0, value: 0, divergence: 0, clipped: 0)
    for (index, item) in items.enumerated() {
      for agent in 0..<learner.groupCount {
        let sample = learner.row(of: item) + agent
        guard rollout.acted[sample] else { continue }
        policySlopes(
          of: index * learner.groupCount + agent, sample: sample, rollout, deviation: deviation,
          means: means, width: learner.actor.outputWidth, deviationGradient, &losses)
        if imitated > 0 {
          imitationSlopes(
            of: index * learner.groupCount + agent, sample: sample, rollout, means: means,
            width: learner.actor.outputWidth, &losses)
        }
        let place = index * valueWidth + agent
        let (loss, slope) = valueLoss(
          values.outputs[place], old: rollout.values[sample], target: rollout.returns[sample])
        losses.value += Double(loss * share)
        values.outputSlopes[place] = options.valueCoefficient * slope * share
      }
    }
    return losses
  }

  private func policySlopes(
    of row: Int, sample: Int, _ rollout: Rollout, deviation: [(logarithm: Float, value: Float)],
    means: Workspace, width: Int, _ deviationGradient: FloatView, _ losses: inout Losses
  ) {
    let share = 1 / scale.sampleCount
    var change = -rollout.logDensities[sample]
    for action in 0..<actionCount {
      let z =
        (rollout.actions[sample * actionCount + action] - means.outputs[row * width + action])
        / deviation[action].value
      change -= z * z / 2 + deviation[action].logarithm + 0.9189385332046727
    }
    let ratio = Float(Double(change).exponential())
    let advantage = scale(rollout.advantages[sample])
    let bounded = min(max(ratio, 1 - clip), 1 + clip)
    let isClipped = -bounded * advantage > -ratio * advantage
    let own = (1 - imitated) * share
    losses.policy += Double(max(-ratio * advantage, -bounded * advantage) * own)
    losses.divergence += Double((ratio - 1 - change) * share)
    losses.clipped += abs(ratio - 1) > clip ? Double(share) : 0
    // d(−ρ Â)/d log π, where the ratio is not held.
    let slope = isClipped ? 0 : -ratio * advantage * own
    for action in 0..<actionCount {
      let inverse = 1 / deviation[action].value
      let z =
        (rollout.actions[sample * actionCount + action] - means.outputs[row * width + action])
        * inverse
      means.outputSlopes[row * width + action] = slope * z * inverse
      deviationGradient[action] += slope * (z * z - 1) - options.entropyCoefficient * share
    }
  }

  /// Adds λ c ½ ‖μ − a‖², and its slopes.
  private func imitationSlopes(
    of row: Int, sample: Int, _ rollout: Rollout, means: Workspace, width: Int,
    _ losses: inout Losses
  ) {
    let weight = imitated * (options.imitation ?? 0) / scale.sampleCount
    for action in 0..<actionCount {
      let error =
        means.outputs[row * width + action] - rollout.taught[sample * actionCount + action]
      losses.policy += Double(weight * error * error / 2)
      means.outputSlopes[row * width + action] += weight * error
    }
  }

  private func valueLoss(_ value: Float, old: Float, target: Float) -> (Float, Float) {
    let error = value - target
    guard let range = options.valueClipRange else { return (error * error / 2, error) }
    let held = old + min(max(value - old, -range), range)
    let heldError = held - target
    guard heldError * heldError > error * error else { return (error * error / 2, error) }
    return (heldError * heldError / 2, held == value ? heldError : 0)
  }
}
