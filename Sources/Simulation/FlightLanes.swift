import Drone
import SpatialMath

/// What a group of drones is cut into while it flies on its own.
protocol FlightLanes: Lanes {
  /// The numbers of the drones that stand at some place in a group.
  init(_ group: DroneLanes, from place: Int)

  /// Puts the numbers back to their place in the group.
  func write(to group: inout DroneLanes, from place: Int)
}

/// Half a group: with two registers a number rather than four, most of what a step works with stays in
/// registers.
extension SIMD4<Double>: FlightLanes {
  @inline(__always)
  init(_ group: DroneLanes, from place: Int) {
    self = place == 0 ? group.lowHalf : group.highHalf
  }

  @inline(__always)
  func write(to group: inout DroneLanes, from place: Int) {
    if place == 0 { group.lowHalf = self } else { group.highHalf = self }
  }
}
