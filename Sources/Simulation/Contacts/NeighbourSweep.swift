import Drone
import SpatialMath

/// Finds drones of one world whose swept bounds meet, by sweeping along a line.
///
/// The line is askew, so that drones in rows, columns and stacks do not stand beside each other on it. The
/// order along it is kept from step to step: drones change places rarely, so that sorting by
/// insertion costs one comparison a drone.
struct NeighbourSweep {
  private var order: [Int]

  init(count: Int) { order = Array(0..<count) }

  /// Marks the drones of a world that may meet another.
  ///
  /// - Parameters:
  ///   - world: The world's drones.
  ///   - bounds: A sphere about each drone, which it does not leave in the step.
  ///   - marks: A mark a drone.
  mutating func markPairs(
    of world: Range<Int>, with bounds: [SweptBounds], in marks: inout [Bool]
  ) {
    sort(world, by: bounds)
    for rank in world {
      forEachPair(of: rank, in: world, bounds) { a, b in
        marks[a] = true
        marks[b] = true
        return true
      }
    }
  }

  /// Whether two drones of a world may meet.
  mutating func hasPairs(of world: Range<Int>, with bounds: [SweptBounds]) -> Bool {
    sort(world, by: bounds)
    for rank in world {
      var isMet = false
      forEachPair(of: rank, in: world, bounds) { _, _ in
        isMet = true
        return false
      }
      if isMet { return true }
    }
    return false
  }

  /// Calls `body` with a drone and each that it may meet and that comes later on the line, until it says
  /// no.
  @inline(__always)
  private func forEachPair(
    of rank: Int, in ranks: Range<Int>, _ bounds: [SweptBounds], _ body: (Int, Int) -> Bool
  ) {
    let a = bounds[order[rank]]
    for later in rank + 1..<max(rank + 1, ranks.upperBound) {
      let b = bounds[order[later]]
      if b.start > a.end { return }
      let reach = a.reach + b.reach
      guard (a.position - b.position).squaredNorm < reach * reach else { continue }
      guard body(order[rank], order[later]) else { return }
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

/// A sphere that a drone does not leave in a step, and where it starts and ends along the line of the
/// sweep.
struct SweptBounds {
  /// The middle. [m]
  let position: Vector<World, Double>
  /// The radius. [m]
  let reach: Double
  /// The lowest point along the line. [m]
  let start: Double
  /// The highest point along the line. [m]
  let end: Double

  init(position: Vector<World, Double>, reach: Double) {
    (self.position, self.reach) = (position, reach)
    // The direction at 1 rad, a little upwards.
    let middle =
      0.5175157 * position.x + 0.8059830 * position.y + 0.2873479 * position.z
    // Slightly more than the radius, for rounding; the direction is no longer than 1.
    let half = reach + 1e-9 * (abs(position.x) + abs(position.y) + abs(position.z))
    (start, end) = (middle - half, middle + half)
  }
}
