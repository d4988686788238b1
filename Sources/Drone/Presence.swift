public import SpatialMath

/// Which drones are in their worlds.
@usableFromInline
package struct Presence<S: GroupLanes>: Sendable {
  /// 1 where a drone is in its world and 0 where it has left, a group an element.
  @usableFromInline var numbers: [S]
  @usableFromInline var absentCount = 0

  /// The presence of all drones of some groups.
  @inlinable
  init(groups: Int) { numbers = Array(repeating: .one, count: groups) }

  /// Whether all drones are in their worlds.
  @inlinable @inline(__always)
  package var areAll: Bool { absentCount == 0 }

  /// Whether a drone is in its world.
  @inlinable @inline(__always)
  package subscript(drone: Int) -> Bool {
    absentCount == 0 || 0 < numbers[drone / S.laneCount][lane: drone % S.laneCount]
  }

  /// Which drones of a group are in their worlds.
  @inlinable @inline(__always)
  package subscript(group group: Int) -> S.Mask { .zero .< numbers[group] }

  /// Whether any drone of a group is in its world.
  @inlinable @inline(__always)
  package func isAny(inGroup group: Int) -> Bool { absentCount == 0 || self[group: group].any }

  /// Takes over which of some drones are in their worlds.
  @inlinable
  package mutating func update<T: GroupLanes>(from other: Presence<T>, count: Int) {
    guard !areAll || !other.areAll else { return }
    for drone in 0..<count {
      numbers[drone / S.laneCount][lane: drone % S.laneCount] = other[drone] ? 1 : 0
    }
    absentCount = other.absentCount
  }

  /// Notes that a drone has left.
  mutating func remove(_ drone: Int) {
    numbers[drone / S.laneCount][lane: drone % S.laneCount] = 0
    absentCount += 1
  }

  /// Notes that a drone that had left is back.
  mutating func bringBack(_ drone: Int) {
    numbers[drone / S.laneCount][lane: drone % S.laneCount] = 1
    absentCount -= 1
  }
}
