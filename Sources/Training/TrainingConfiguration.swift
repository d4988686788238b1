public import Learning

/// All that decides what a training run learns: the same configuration gives the same weights.
public struct TrainingConfiguration: Sendable, Hashable, Codable {
  /// The name of the task.
  public var task: String
  /// How many drones play it together.
  public var droneCount: Int
  /// The task as its file says it, as `TaskSpecification.encoded()` writes it; `nil` for the task that the
  /// catalogue has under the name.
  package var document: String?
  /// Where random numbers start.
  public var seed: UInt64 = 0
  /// How many environments are stepped together. [–]
  public var environmentCount = 256
  /// How it is learned.
  public var options = PPOOptions()
  /// What a step without a crash is worth while a task is learned, and the most that it can cost, where
  /// the task has negative rewards and does not end with a crash; `nil` to teach the task as it is. [–]
  public var survivalBonus: Double?
  /// The mean return of an evaluation at which training ends; `nil` to use up all steps. [–]
  public var target: Double?
  /// How many episodes an evaluation has. [–]
  public var evaluationEpisodes = 16
  /// How many iterations there are from one evaluation to the next. [–]
  public var evaluationInterval = 4

  /// Who flies the drones that the policy does not, as `Pilots` reads it; `nil` where it flies all of them.
  package var pilots: [String]?
  /// How it plays against its own past, in a task of several teams; `nil` for not at all.
  package var selfPlay: SelfPlay?

  /// What suits most tasks.
  public init(task: String, droneCount: Int = 1) {
    (self.task, self.droneCount) = (task, droneCount)
  }

  /// Refuses numbers that make no sense.
  ///
  /// - Throws: ``TrainingError`` or `LearningError`.
  package func validate() throws {
    for (name, value) in [
      ("environments", environmentCount), ("evaluation episodes", evaluationEpisodes),
      ("evaluation interval", evaluationInterval),
    ] where !(1...100_000).contains(value) {
      throw TrainingError.unfit("the number of \(name) is from 1 to 100000, not \(value)")
    }
    if let target, !target.isFinite {
      throw TrainingError.unfit("the target must be finite, not \(target)")
    }
    if let survivalBonus, !(survivalBonus > 0 && survivalBonus.isFinite) {
      throw TrainingError.unfit("the bonus for survival is above 0, not \(survivalBonus)")
    }
    if let selfPlay {
      try selfPlay.validate()
      guard pilots == nil, target == nil else {
        throw TrainingError.unfit(
          "a policy that plays against its own past flies all drones, and has no target")
      }
    }
    try options.validate()
  }
}

/// Why there was no training, or no end to it.
public enum TrainingError: Error, Sendable, CustomStringConvertible {
  /// What was asked for cannot be trained, or does not fit what there is.
  case unfit(String)
  /// A file of the run cannot be read or written.
  case file(path: String, reason: String)

  public var description: String {
    switch self {
    case .unfit(let reason): reason
    case .file(let path, let reason): "\(path): \(reason)"
    }
  }
}
