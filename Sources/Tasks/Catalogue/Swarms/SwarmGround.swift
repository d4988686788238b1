import Drone
import Randomness
import SpatialMath

/// Where a swarm flies: places to start from, places to go to, and ground between them on which pillars stand.
package struct SwarmGround: Sendable {
  /// How drones are placed.
  package enum Layout: Sendable {
    /// Evenly on a circle, to which they go back at other places.
    case circle
    /// In a grid, which they form again on the other side of the pillars.
    case grid
  }

  /// How far from the places pillars stay. [m]
  private static let clearance = 0.5
  /// How far the middles of pillars are from each other at least, where there is room. [m]
  private static let gap = 0.6
  /// At which height all fly. [m]
  private static let height = 1.0

  /// Where the drones start. [m]
  let starts: [Vector<World, Double>]
  /// Where they may have to go. [m]
  let goals: [Vector<World, Double>]
  /// Half the edges of the ground with pillars. [m]
  private let halfLength: Double
  private let halfWidth: Double
  /// Whether that is an ellipse within these.
  private let isRound: Bool

  /// The ground for some drones.
  ///
  /// - Parameters:
  ///   - layout: How drones are placed.
  ///   - count: How many there are.
  ///   - spacing: How far apart neighbouring places are. [m]
  ///   - depth: How far the ground reaches at least from its middle to either side. [m]
  init(_ layout: Layout, count: Int, spacing: Double, depth: Double) {
    switch layout {
    case .circle:
      let radius = max(depth + Self.clearance, spacing * Double(count) / (2 * .pi))
      starts = (0..<count).map { Self.place(onCircle: $0, of: count, radius: radius) }
      goals = starts
      halfLength = radius - Self.clearance
      halfWidth = halfLength
      isRound = true
    case .grid:
      let columns = max(1, Int((Double(count) / 2).squareRoot()))
      let rows = (count + columns - 1) / columns
      let offset = depth + Self.clearance + spacing * Double(columns - 1) / 2
      let grid = (0..<count).map { Self.place(inGrid: $0, columns: columns, rows: rows, spacing) }
      starts = grid.map { $0 - Vector(offset, 0, 0) }
      goals = grid.map { $0 + Vector(offset, 0, 0) }
      halfLength = depth
      halfWidth = spacing * Double(rows) / 2
      isRound = false
    }
  }

  private static func place(
    onCircle index: Int, of count: Int, radius: Double
  ) -> Vector<World, Double> {
    let (sine, cosine) = (2 * .pi * Double(index) / Double(count)).sineAndCosine()
    return Vector(radius * cosine, radius * sine, height)
  }

  private static func place(
    inGrid index: Int, columns: Int, rows: Int, _ spacing: Double
  ) -> Vector<World, Double> {
    let (row, column) = (Double(index / columns), Double(index % columns))
    return Vector(
      spacing * (column - Double(columns - 1) / 2), spacing * (row - Double(rows - 1) / 2), height)
  }

  /// How far the places reach along x or y. [m]
  var reach: Double { starts.reduce(0) { max($0, abs($1.x), abs($1.y)) } }

  /// How large the ground with pillars is. [m²]
  var area: Double { (isRound ? .pi : 4) * halfLength * halfWidth }

  /// Draws where pillars stand, apart from each other where there is room for it.
  func place(pillars: Range<Int>, _ start: inout EpisodeStart, using random: inout SplitMix64) {
    for pillar in pillars {
      for _ in 0..<20 {
        start.obstacles[pillar].position = point(using: &random)
        let here = start.obstacles[pillar].position
        let isFree = (pillars.lowerBound..<pillar).allSatisfy {
          (start.obstacles[$0].position - here).squaredNorm > Self.gap * Self.gap
        }
        if isFree { break }
      }
    }
  }

  private func point(using random: inout SplitMix64) -> Vector<World, Double> {
    while true {
      let (x, y) = (random.uniform(in: -1...1), random.uniform(in: -1...1))
      guard !isRound || x * x + y * y < 1 else { continue }
      return Vector(halfLength * x, halfWidth * y, Self.height)
    }
  }
}
