public import SpatialMath

/// Which drones are in their worlds, and how those that have left moved when they did.
@usableFromInline
package struct Presence: Sendable {
  /// 1 where a drone is in its world and 0 where it has left, a group an element.
  @usableFromInline private(set) var numbers: [DroneLanes]
  private var absentCount = 0
  private var lastStates: [DroneState<DroneLanes>]

  /// The presence of all drones of some groups.
  init(groups: Int) {
    numbers = Array(repeating: .one, count: groups)
    lastStates = Array(repeating: DroneState(), count: groups)
  }

  /// Whether all drones are in their worlds.
  @usableFromInline package var areAll: Bool { absentCount == 0 }

  /// Whether a drone is in its world.
  package subscript(drone: Int) -> Bool {
    absentCount == 0
      || 0 < numbers[drone / DroneLanes.laneCount][lane: drone % DroneLanes.laneCount]
  }

  /// Which drones of a group are in their worlds.
  @inline(__always)
  package subscript(group group: Int) -> DroneLanes.Mask { .zero .< numbers[group] }

  /// Whether any drone of a group is in its world.
  @inline(__always)
  package func isAny(inGroup group: Int) -> Bool { absentCount == 0 || self[group: group].any }

  /// Notes that a drone of a group that moves like this has left.
  mutating func remove(_ drone: Int, in group: DroneState<DroneLanes>) {
    guard self[drone] else { return }
    let (index, lane) = (drone / DroneLanes.laneCount, drone % DroneLanes.laneCount)
    numbers[index][lane: lane] = 0
    lastStates[index][lane: lane] = group[lane: lane]
    absentCount += 1
  }

  /// Notes that a drone that had left is back.
  mutating func bringBack(_ drone: Int) {
    numbers[drone / DroneLanes.laneCount][lane: drone % DroneLanes.laneCount] = 1
    absentCount -= 1
  }

  /// Gives the drones of a group that have left the states with which they did.
  func hold(_ state: inout DroneState<DroneLanes>, of group: Int) {
    let isPresent = self[group: group]
    guard (.!isPresent).any else { return }
    state.update(from: lastStates[group]) { $0 = $1.replacing(with: $0, where: isPresent) }
  }
}
