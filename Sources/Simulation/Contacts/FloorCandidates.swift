import Drone
import SpatialMath

/// Neighbouring groups of which some drones may touch the floor.
struct FloorCandidates {
  /// The groups; beyond the last of all there are no drones.
  let groups: Range<Int>
  /// Their drones.
  let drones: Range<Int>
  /// Which of them may touch the floor, a bit each.
  private var near: UInt32 = 0

  init(of groups: Range<Int>, in swarm: Swarm, where isNear: some LaneMask) {
    self.groups = groups
    let (first, end) = (
      groups.lowerBound * DroneLanes.laneCount, groups.upperBound * DroneLanes.laneCount
    )
    drones = first..<min(end, swarm.count)
    for lane in drones.indices where isNear[lane: lane - first] { near |= 1 << (lane - first) }
  }

  /// Whether a drone may touch the floor.
  func isNear(_ drone: Int) -> Bool { near & 1 << (drone - drones.lowerBound) != 0 }
}
