import Learning

extension TrainingConfiguration {
  /// How a task of the package is learned unless said otherwise; what suits most tasks for others.
  ///
  /// The targets of the `gpd` tasks are gym-pybullet-drones' own, for each pair of drones where there
  /// are several. Those of the other tasks are within reach of every seed that was tried; PID control that knows
  /// the goal returns 473 in `hover`, 474 in `multi-hover` and 481 in `trajectory`, and zero actions, which
  /// random torque tips over, -130 in `leader-follower`, -213 in `flock` and -535 in `meetup`.
  public static func standard(for task: String, droneCount: Int) -> TrainingConfiguration {
    var configuration = TrainingConfiguration(task: task, droneCount: droneCount)
    // As many steps as an episode has, or so, show all parts of an episode alike even where none of
    // them ends early, and all environments are at the same part of theirs.
    configuration.environmentCount = 32
    configuration.options.horizon = 240
    configuration.options.minibatchCount = 8
    configuration.options.learningRate = 3e-3
    configuration.options.discount = 0.97
    configuration.options.initialLogDeviation = -1
    adjustments[task]?(&configuration)
    return configuration
  }

  private static let adjustments: [String: @Sendable (inout TrainingConfiguration) -> Void] = [
    "hover": { $0.hover(until: 470) },
    "multi-hover": { $0.hover(until: 470) },
    "vision-hover": {
      $0.hover(until: 376)
      $0.options.horizon = 96
    },
    "trajectory": {
      $0.flyRotors(until: 556)
      $0.evaluationEpisodes = 64
      $0.options.minibatchCount = 16
      $0.options.totalSteps = 1_500_000
    },
    "gate-racing": { $0.race() },
    "swarm-swap": { $0.swarm() },
    "swarm-crossing": { $0.swarm() },
    "pursuit-evasion": { $0.playAgainstItself() },
    "any-airframe": { $0.flyAnything() },
    "navigation": { $0.navigate() },
    "landing": { $0.land() },
    "velocity": { $0.followVelocity() },
    "fly-through-gate": { $0.stayUp(worth: 5) },
    "leader-follower": { $0.stayUp(until: -4) },
    "flock": { $0.stayUp(until: -20) },
    "meetup": { $0.stayUp(until: -12) },
    "gpd-hover-1d": { $0.followPeer(until: 474) },
    "gpd-hover": { $0.followPeer(until: 467, steeringEachRotor: true) },
    "gpd-vision-hover": {
      $0.followPeer(until: 374, steeringEachRotor: true)
      $0.options.horizon = 194
    },
    "gpd-multi-hover-1d": { $0.followPeer(until: 949.5 / 2 * Double($0.droneCount)) },
    "gpd-multi-hover": {
      $0.followPeer(until: 920 / 2 * Double($0.droneCount), steeringEachRotor: true)
    },
  ]

  /// What suits tasks flown by rotor speeds about those of hovering: wide deviations topple drones.
  private mutating func flyRotors(until target: Double) {
    self.target = target
    options.initialLogDeviation = -2
    options.learningRate = 5e-3
  }

  /// What suits those of hovering: half an episode between two updates, of many small steps each, and
  /// evaluations long enough to show the rare crash that few episodes do not.
  private mutating func hover(until target: Double) {
    flyRotors(until: target)
    options.horizon = 120
    options.minibatchCount = 16
    evaluationEpisodes = 64
  }

  /// What suits tasks that differ from episode to episode: many environments, so that each update has seen many of
  /// them, small steps, and long evaluations.
  private mutating func playMany(
    _ environments: Int, horizon: Int = 128, steps: Int, evaluating episodes: Int,
    every interval: Int = 16
  ) {
    environmentCount = environments
    options.horizon = horizon
    options.minibatchCount = 16
    options.learningRate = 1e-3
    options.discount = 0.985
    options.totalSteps = steps
    (evaluationEpisodes, evaluationInterval) = (episodes, interval)
  }

  /// What suits races; with a discount of 0.99 drones learn to be fast through the first gate and no farther.
  private mutating func race() {
    playMany(256, steps: 100_000_000, evaluating: 256, every: 32)
  }

  /// What suits swarms among pillars, of which an update has as many more samples as drones.
  private mutating func swarm() {
    playMany(64, steps: 4_000_000, evaluating: 32)
    options.minibatchCount = 32
    options.discount = 0.99
  }

  /// What suits teams against each other: a network for each drone, and past policies in half of the worlds.
  private mutating func playAgainstItself() {
    playMany(128, steps: 2_000_000, evaluating: 64)
    selfPlay = SelfPlay()
    options.networks = .separate
  }

  /// What suits drones that are others each time, whose rotors are steered.
  private mutating func flyAnything() {
    playMany(128, horizon: 64, steps: 12_000_000, evaluating: 256, every: 32)
    options.discount = 0.98
    options.initialLogDeviation = -2
    options.imitation = 50
  }

  /// What suits flights by ranges.
  private mutating func navigate() {
    playMany(256, steps: 30_000_000, evaluating: 128, every: 32)
  }

  /// What suits tasks whose drones lose more the farther they are from where they should be, and which a crash
  /// does not end: a bonus for each step without one, which is the most that a step can cost.
  private mutating func stayUp(worth bonus: Double = 1, until target: Double? = nil) {
    self.target = target
    options.initialLogDeviation = -2
    survivalBonus = bonus
  }

  /// What suits landings: of those that few episodes show to be safe, some touch down too fast.
  private mutating func land() {
    playMany(256, horizon: 64, steps: 6_000_000, evaluating: 256)
    options.initialLogDeviation = -2
    options.learningRate = 3e-3
    options.discount = 0.99
  }

  /// What suits velocities: an action shows at once what it is worth.
  private mutating func followVelocity() {
    environmentCount = 64
    options.initialLogDeviation = 0
    options.discount = 0.9
    options.totalSteps = 4_000_000
  }

  /// What suits the tasks of gym-pybullet-drones: their episodes all begin alike, so that one is
  /// evaluation enough, and the first 12 numbers that drones see are the whole state.
  private mutating func followPeer(until target: Double, steeringEachRotor: Bool = false) {
    self.target = target
    evaluationEpisodes = 1
    evaluationInterval = 1
    options.critic = droneCount > 1 ? .centralised : .independent
    options.horizon = 242
    options.bootstrapsTruncations = false
    options.seenCount = 12
    options.hiddenSizes = [32, 32]
    options.initialLogDeviation = steeringEachRotor ? -0.5 : 0.3
    (options.learningRate, options.discount, options.totalSteps) =
      switch (steeringEachRotor, droneCount) {
      case (true, _): (5e-3, 0.97, 1_500_000)
      case (false, 1): (5e-3, 0.94, 800_000)
      case (false, _): (2.5e-3, 0.96, 1_000_000)
      }
  }
}
