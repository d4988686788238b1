public import Drone
public import SpatialMath

/// What is known of the episodes of the worlds that are stepped together, beside how the drones move.
@usableFromInline
struct EpisodeRecords: Sendable {
  /// How many drones each world has. [–]
  @usableFromInline var agentCount = 0
  /// How long an action lasts. [s]
  @usableFromInline var period = 0.0
  /// How drones moved before the last action, a group an element.
  @usableFromInline var statesBefore: [DroneState<DroneLanes>] = []
  /// How many points of each drone touched something at once since then, by row. [–]
  @usableFromInline var contactCounts: [Int] = []
  /// Which agents take part, by row; filled up to whole groups.
  @usableFromInline var statuses: [AgentStatus] = []
  /// Where the obstacles of each world are now.
  @usableFromInline var obstacles: [[Pose<Double>]] = []
  /// How many actions were played in each world. [–]
  @usableFromInline var stepCounts: [Int] = []

  /// Those of no world.
  @usableFromInline
  init() {}

  /// Whether any drone of a world is active.
  @inlinable @inline(__always)
  func isRunning(_ world: Int) -> Bool {
    for row in world * agentCount..<(world + 1) * agentCount where statuses[row] == .active {
      return true
    }
    return false
  }
}

/// Whether an agent takes part in its episode.
@usableFromInline
enum AgentStatus: UInt8, Sendable {
  /// Its episode goes on.
  case active
  /// Its episode ended in the last step: it still sees, and others see it.
  case ended
  /// Its episode ended before: it is a thing in its world.
  case absent
}

extension DroneLanes {
  /// The group and the lane of a drone.
  @inlinable @inline(__always)
  static func place(of drone: Int) -> (group: Int, lane: Int) {
    // Without a sign, since a shift and a mask are all that it takes then.
    let (drone, count) = (UInt(bitPattern: drone), UInt(laneCount))
    return (Int(bitPattern: drone / count), Int(bitPattern: drone % count))
  }
}
