/// The parts of PPO's loss, and what is told beside them.
package struct Losses: Sendable, Hashable {
  package var policy = 0.0
  package var value = 0.0
  package var divergence = 0.0
  var clipped = 0.0
  private var count = 0.0

  init() {}

  init(policy: Double, value: Double, divergence: Double, clipped: Double) {
    self.policy = policy
    self.value = value
    self.divergence = divergence
    self.clipped = clipped
    count = 1
  }

  mutating func add(_ other: Losses) {
    policy += other.policy
    value += other.value
    divergence += other.divergence
    clipped += other.clipped
    count += 1
  }

  /// The mean of what was added.
  var mean: Losses {
    let share = 1 / max(count, 1)
    return Losses(
      policy: policy * share, value: value * share, divergence: divergence * share,
      clipped: clipped * share)
  }
}

extension Rollout {
  /// 1 − Var(R − V) / Var(R): how much of the returns the values explained.
  var explainedVariance: Double {
    var (errors, all) = (RunningMoments(columns: 1), RunningMoments(columns: 1))
    for index in acted.indices where acted[index] {
      errors.add(CollectionOfOne(returns[index] - values[index]).span)
      all.add(CollectionOfOne(returns[index]).span)
    }
    return all.variance[0] > 0 ? 1 - errors.variance[0] / all.variance[0] : 0
  }
}
