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
  /// Where drones should be, drone by drone, filled up to whole groups.
  @usableFromInline var goals: [Goal<Double>]
  /// The features, drone by drone. [–]
  @usableFromInline var features: [Double]

  init(groups: Int, featureCount: Int) {
    self.featureCount = featureCount
    let count = groups * DroneLanes.laneCount
    goals = Array(repeating: Goal(position: .zero, yaw: .zero), count: count)
    features = Array(repeating: 0, count: count * featureCount)
  }

  /// Says where the drone of a row should be.
  @inlinable
  public mutating func setGoal(_ goal: Setpoint, ofRow row: Int) {
    goals[row] = Goal(goal)
  }

  /// Says what a feature of the drone of a row is. [–]
  @inlinable
  public mutating func setFeature(_ index: Int, ofRow row: Int, to value: Double) {
    features[row * featureCount + index] = value
  }
}

extension TaskOutputs {
  /// Where the drones of a group should be.
  @inline(__always)
  func goal(ofGroup group: Int) -> Goal<DroneLanes> {
    let first = group * DroneLanes.laneCount
    func lanes(_ number: (Goal<Double>) -> Double) -> DroneLanes {
      DroneLanes(
        SIMD4(
          number(goals[first]), number(goals[first + 1]), number(goals[first + 2]),
          number(goals[first + 3])))
    }
    return Goal(
      position: Vector(
        lanes { $0.position.x }, lanes { $0.position.y }, lanes { $0.position.z }),
      velocity: Vector(
        lanes { $0.velocity.x }, lanes { $0.velocity.y }, lanes { $0.velocity.z }),
      yaw: lanes { $0.yaw })
  }
}
