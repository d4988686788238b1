/// How ``PPO`` learns.
///
/// The numbers in brackets are those of the 37 details that Huang et al. found to matter. Of the
/// others, 1 (many environments at once), 12 (what ``PPOProgress`` tells), 13 and 26 (separate networks
/// for policy and value), 23 and 25 (independent normal distributions) always hold; 14 to 22 are about
/// Atari's pictures and belong to the environment, 32 to 36 about recurrent networks and 37 about
/// choices of several, neither of which there is.
///
/// - S. Huang et al., "The 37 Implementation Details of Proximal Policy Optimization", ICLR Blog Track
///   2022, [iclr-blog-track.github.io](https://iclr-blog-track.github.io/2022/03/25/ppo-implementation-details).
public struct PPOOptions: Sendable, Hashable, Codable {
  /// Which agents share a network.
  public enum Networks: String, Sendable, Hashable, Codable, CaseIterable {
    /// All agents are flown by the same network, and all teach it.
    case shared
    /// Each agent has a network of its own.
    case separate
  }

  /// What the critic sees while learning.
  public enum Critic: String, Sendable, Hashable, Codable, CaseIterable {
    /// What the agent sees: independent PPO.
    case independent
    /// What all agents of the environment see: MAPPO (Yu et al., "The Surprising Effectiveness of PPO
    /// in Cooperative Multi-Agent Games", NeurIPS 2022,
    /// [arXiv:2103.01955](https://arxiv.org/abs/2103.01955)).
    case centralised
  }

  /// How many steps of all environments are learned from, over all. [–]
  public var totalSteps = 1_000_000
  /// How many steps of each environment are played between updates. [–]
  public var horizon = 32
  /// How often each of them is learned from. [–]
  public var epochCount = 4
  /// Into how many parts they are split each time, shuffled [6]. [–]
  public var minibatchCount = 4
  /// The step size of Adam at the start. [–]
  public var learningRate: Float = 1e-3
  /// Whether the step size falls to 0 over all steps [4].
  public var annealsLearningRate = true
  /// The ε of Adam [3]. [–]
  public var adamEpsilon: Float = 1e-5
  /// The discount γ of a step. [–]
  public var discount: Float = 0.99
  /// The λ of generalised advantage estimation [5]. [–]
  public var advantageDecay: Float = 0.95
  /// Whether what follows a truncation is worth what the critic says, rather than nothing.
  ///
  /// It should be, unless an environment calls truncation what is an ending: the hover tasks of
  /// gym-pybullet-drones do so with crashes, and teach drones to leave if that is believed.
  public var bootstrapsTruncations = true
  /// How far the policy's ratio may go from 1 before its slope counts no more [8]. [–]
  public var clipRange: Float = 0.2
  /// Whether the clip range falls to 0 over all steps.
  public var annealsClipRange = false
  /// How far a value may go from the old one before its slope counts no more [9]; `nil` for any. [–]
  public var valueClipRange: Float?
  /// The weight of the value's loss [10]. [–]
  public var valueCoefficient: Float = 0.5
  /// The weight of the policy's entropy [10]. [–]
  public var entropyCoefficient: Float = 0
  /// Whether the advantages of a minibatch are brought to mean 0 and deviation 1 [7].
  public var normalisesAdvantages = true
  /// The largest norm of the gradient [11]; `nil` for any. [–]
  public var maximumGradientNorm: Float? = 0.5
  /// The divergence from the old policy beyond which an update stops; `nil` for never. [–]
  public var targetDivergence: Float?
  /// The sizes of the hidden layers. [–]
  public var hiddenSizes = [64, 64]
  /// Whether first weights are orthogonal, and those of the policy's last layer small [2].
  public var initialisesOrthogonally = true
  /// The logarithm of the actions' first deviation, which does not depend on the state [24]. [–]
  public var initialLogDeviation: Float = 0
  /// Whether actions are brought within their bounds by tanh, rather than by clipping [27].
  ///
  /// Either way what is stored and learned from is what was drawn, before the bounds; the correction of
  /// the density by tanh is the same for both policies of a ratio, and cancels.
  public var squashesActions = false
  /// Whether observations are brought to mean 0 and deviation 1 [28].
  public var normalisesObservations = true
  /// How many of an observation's numbers are looked at, from the first on; `nil` for all. [–]
  ///
  /// The others are taken for 0: where the first are the whole state, the rest, such as past actions,
  /// only distract.
  public var seenCount: Int?
  /// The largest magnitude of an observation after that [29]. [–]
  public var observationLimit: Float = 10
  /// Whether rewards are divided by the deviation of the discounted return [30].
  public var scalesRewards = true
  /// The largest magnitude of a reward after that [31]. [–]
  public var rewardLimit: Float = 10
  /// How much the squared distance from a teacher's actions counts at the start, half of it; `nil` to learn from
  /// rewards alone. [–]
  ///
  /// Over the first half of all steps the loss goes from that of imitation to PPO's own: at a share λ of the first
  /// that falls from 1 to 0 it is λ c ½ ‖μ − a‖² beside 1 − λ of what the policy's loss is otherwise, for the means
  /// μ of the policy where it has come to itself and the teacher's actions a there (S. Schmitt et al., "Kickstarting
  /// Deep Reinforcement Learning", 2018, [arXiv:1803.03835](https://arxiv.org/abs/1803.03835)).
  package var imitation: Float?
  /// Which agents share a network.
  public var networks = Networks.shared
  /// What the critic sees while learning.
  public var critic = Critic.independent

  /// Options that suit most tasks with continuous actions.
  public init() {}

  /// Refuses values that make no sense.
  package func validate() throws(LearningError) {
    let counts = [
      ("totalSteps", totalSteps, 1_000_000_000_000_000), ("horizon", horizon, 1_000_000),
      ("epochCount", epochCount, 10_000), ("minibatchCount", minibatchCount, 1_000_000),
      ("seenCount", seenCount ?? 1, 1_000_000),
    ]
    for (name, value, most) in counts + hiddenSizes.map({ ("hiddenSizes", $0, 65_536) })
    where !(1...most).contains(value) {
      throw .badOption("\(name) must be from 1 to \(most), not \(value)")
    }
    guard hiddenSizes.count <= 16 else {
      throw .badOption("hiddenSizes takes up to 16 layers, not \(hiddenSizes.count)")
    }
    let positives = [
      ("learningRate", learningRate), ("adamEpsilon", adamEpsilon), ("clipRange", clipRange),
      ("observationLimit", observationLimit), ("rewardLimit", rewardLimit),
      ("valueClipRange", valueClipRange ?? 1), ("maximumGradientNorm", maximumGradientNorm ?? 1),
      ("targetDivergence", targetDivergence ?? 1), ("imitation", imitation ?? 1),
    ]
    for (name, value) in positives where !(value > 0 && value.isFinite) {
      throw .badOption("\(name) must be above 0, not \(value)")
    }
    for (name, value) in [("discount", discount), ("advantageDecay", advantageDecay)]
    where !(0...1).contains(value) {
      throw .badOption("\(name) must be from 0 to 1, not \(value)")
    }
    for (name, value) in [
      ("valueCoefficient", valueCoefficient), ("entropyCoefficient", entropyCoefficient),
    ] where !(value >= 0 && value.isFinite) {
      throw .badOption("\(name) must be 0 or above, not \(value)")
    }
    guard (-10...10).contains(initialLogDeviation) else {
      throw .badOption("initialLogDeviation must be from -10 to 10, not \(initialLogDeviation)")
    }
  }
}

/// What an iteration of ``PPO`` did.
public struct PPOProgress: Sendable, Hashable {
  /// How many steps of environments were played since the start. [–]
  public var stepCount = 0
  /// How many iterations there were since the start. [–]
  public var iteration = 0
  /// The mean return of the last hundred episodes, or `nil` before the first has ended. [–]
  public var meanReward: Double?
  /// Their mean length. [–]
  public var meanLength: Double?
  /// The mean of the policy's loss. [–]
  package var policyLoss = 0.0
  /// The mean of the value's loss. [–]
  package var valueLoss = 0.0
  /// The entropy of the actions before their bounds. [–]
  package var entropy = 0.0
  /// The estimated divergence from the old policy to the new. [–]
  package var divergence = 0.0
  /// The share of samples whose ratio was clipped. [–]
  package var clipFraction = 0.0
  /// How much of the returns' variance the values explained before the update. [–]
  package var explainedVariance = 0.0
  /// The step size of Adam. [–]
  package var learningRate = 0.0
  /// The mean deviation of the actions. [–]
  package var deviation = 0.0
}
