public import Learning

/// How far a training run has come.
public struct TrainingProgress: Sendable {
  /// What the last iteration did.
  public var learning: PPOProgress
  /// How many steps there are to play. [–]
  package var totalSteps: Int
  /// How long the run has taken so far. [s]
  package var seconds: Double
  /// How many steps it made in a second, since it last began. [1/s]
  package var stepsPerSecond: Double
  /// The mean return of the best evaluation. [–]
  public var bestReturn: Double?
}

/// How a training run ended.
public struct TrainingSummary: Sendable, Encodable {
  /// What was learned and how.
  package let configuration: TrainingConfiguration
  /// How many steps were played. [–]
  public let stepCount: Int
  /// How long that took. [s]
  package let seconds: Double
  /// Whether the target was reached; `nil` without one.
  public let hasReachedTarget: Bool?
  /// After how many steps the best policy was found. [–]
  package let bestStepCount: Int
  /// How the best policy does in episodes that it was not chosen by.
  package let best: TrialResult
  /// Where all traces are.
  package let folder: String
}
