public import Control
public import SpatialMath

/// What a task says of each drone for its commands and observations.
public struct TaskOutputs: Sendable {
  /// Whether goals are asked for.
  public internal(set) var wantsGoals = false
  /// Whether features are asked for.
  public internal(set) var wantsFeatures = false
  /// How many features each drone has. [–]
  public let featureCount: Int
  /// Where drones should be, a group an element.
  @usableFromInline var goals: [Goal<DroneLanes>]
  /// The features, drone by drone. [–]
  @usableFromInline var features: [Double]

  init(groups: Int, featureCount: Int) {
    self.featureCount = featureCount
    goals = Array(repeating: Goal(position: .zero, yaw: .zero), count: groups)
    features = Array(repeating: 0, count: groups * DroneLanes.laneCount * featureCount)
  }

  /// Says where the drone of a row should be.
  @inlinable
  public mutating func setGoal(_ goal: Setpoint, ofRow row: Int) {
    let (group, lane) = DroneLanes.place(of: row)
    goals[group][lane: lane] = Goal(goal)
  }

  /// Says what a feature of the drone of a row is. [–]
  @inlinable
  public mutating func setFeature(_ index: Int, ofRow row: Int, to value: Double) {
    features[row * featureCount + index] = value
  }
}
