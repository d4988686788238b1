import Drone
import SpatialMath

/// Finds drones of one world whose swept bounds meet, by sweeping along x.
///
/// The order along x is kept from step to step: drones change places rarely, so that sorting by
/// insertion costs one comparison a drone.
struct NeighbourSweep {
  private let dronesPerWorld: Int
  private var order: [Int]

  init(count: Int, dronesPerWorld: Int) {
    self.dronesPerWorld = dronesPerWorld
    order = Array(0..<count)
  }

  /// Marks the drones that may meet another.
  ///
  /// - Parameters:
  ///   - bounds: A sphere about each drone, which it does not leave in the step.
  ///   - marks: A mark a drone.
  mutating func markPairs(of bounds: [SweptBounds], in marks: inout [Bool]) {
    for world in stride(from: 0, to: order.count, by: dronesPerWorld) {
      let ranks = world..<world + dronesPerWorld
      sort(ranks, by: bounds)
      for rank in ranks { markPairs(of: rank, in: ranks, bounds, &marks) }
    }
  }

  private func markPairs(
    of rank: Int, in ranks: Range<Int>, _ bounds: [SweptBounds], _ marks: inout [Bool]
  ) {
    let a = bounds[order[rank]]
    for later in rank + 1..<max(rank + 1, ranks.upperBound) {
      let b = bounds[order[later]]
      if b.start > a.position.x + a.reach { break }
      let reach = a.reach + b.reach
      if (a.position - b.position).squaredNorm < reach * reach {
        marks[order[rank]] = true
        marks[order[later]] = true
      }
    }
  }

  private mutating func sort(_ ranks: Range<Int>, by bounds: [SweptBounds]) {
    for rank in ranks.dropFirst() {
      let drone = order[rank]
      let start = bounds[drone].start
      var place = rank
      while place > ranks.lowerBound, bounds[order[place - 1]].start > start {
        order[place] = order[place - 1]
        place -= 1
      }
      order[place] = drone
    }
  }
}

/// A sphere that a drone does not leave in a step.
struct SweptBounds {
  /// The middle. [m]
  var position = Vector<World, Double>.zero
  /// The radius. [m]
  var reach = 0.0

  /// The lowest x. [m]
  var start: Double { position.x - reach }
}
