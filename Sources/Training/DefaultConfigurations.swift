import Learning

extension TrainingConfiguration {
  /// How a task of the package is learned if nobody says otherwise; what suits most tasks for others.
  ///
  /// Targets of the `gpd` tasks are those of gym-pybullet-drones, per pair of drones.
  public static func standard(for task: String, droneCount: Int) -> TrainingConfiguration {
    var configuration = TrainingConfiguration(task: task, droneCount: droneCount)
    adjustments[task]?(&configuration)
    return configuration
  }

  private static let adjustments: [String: @Sendable (inout TrainingConfiguration) -> Void] = [
    "gpd-hover-1d": { $0.followPeer(target: 474) },
    "gpd-hover": { $0.followPeer(target: 467, steersEachRotor: true) },
    "gpd-multi-hover-1d": { $0.followPeer(target: 949.5 / 2 * Double($0.droneCount)) },
    "gpd-multi-hover": {
      $0.followPeer(target: 920 / 2 * Double($0.droneCount), steersEachRotor: true)
    },
  ]

  /// What suits the tasks of gym-pybullet-drones, whose episodes all begin alike, so that one is
  /// evaluation enough, and last 242 steps, so that a horizon of as many sees all parts of an episode
  /// alike.
  private mutating func followPeer(target: Double, steersEachRotor: Bool = false) {
    self.target = target
    environmentCount = 32
    evaluationEpisodes = 1
    evaluationInterval = 1
    options.horizon = 242
    options.bootstrapsTruncations = false
    options.hiddenSizes = [32, 32]
    options.learningRate = 5e-3
    options.minibatchCount = 8
    options.discount = steersEachRotor ? 0.97 : 0.94
    options.initialLogDeviation = steersEachRotor ? -0.5 : 0.3
    options.seenCount = 12
    options.totalSteps = steersEachRotor ? 1_500_000 : 600_000
  }
}
