import Drone
import SpatialMath

/// Finds drones whose swept bounds meet, by sweeping along x.
///
/// The order along x is kept from step to step: drones change places rarely, so that sorting by
/// insertion costs one comparison a drone.
struct NeighbourSweep {
  /// The drones' positions. [m]
  private(set) var positions: [Vector<World, Double>]
  /// How far from its position a drone may touch something in the step. [m]
  private(set) var reaches: [Double]
  private var order: [Int]

  /// What bounds are widened by: twice Bullet's collision margin. [m]
  private static let margin = 0.002

  init(count: Int) {
    positions = Array(repeating: .zero, count: count)
    reaches = Array(repeating: 0, count: count)
    order = Array(0..<count)
  }

  /// Takes over positions, and the velocities at the end of the step.
  mutating func update(_ swarm: Swarm, period: Double) {
    let lanes = DroneLanes.laneCount
    for group in swarm.groups {
      let state = swarm.states[group]
      let reach =
        swarm.parameters[group].boundingRadius + DroneLanes(period) * state.velocity.norm
        + DroneLanes(Self.margin)
      for drone in group * lanes..<min((group + 1) * lanes, swarm.count) {
        positions[drone] = state.position[lane: drone % lanes]
        reaches[drone] = reach[lane: drone % lanes]
      }
    }
    sort()
  }

  /// Marks the drones that may meet another.
  func markPairs(in marks: inout [Bool]) {
    for rank in order.indices {
      let a = order[rank]
      let end = positions[a].x + reaches[a]
      for later in (rank + 1)..<max(rank + 1, order.count) {
        let b = order[later]
        if start(of: b) > end { break }
        let reach = reaches[a] + reaches[b]
        if (positions[a] - positions[b]).squaredNorm < reach * reach {
          marks[a] = true
          marks[b] = true
        }
      }
    }
  }

  private func start(of drone: Int) -> Double { positions[drone].x - reaches[drone] }

  private mutating func sort() {
    for rank in order.indices.dropFirst() {
      let drone = order[rank]
      var place = rank
      while place > 0, start(of: order[place - 1]) > start(of: drone) {
        order[place] = order[place - 1]
        place -= 1
      }
      order[place] = drone
    }
  }
}
