public import SpatialMath

/// How the distance between two drones is measured.
package enum NeighbourDistance: Sendable {
  /// In space.
  case straight
  /// Along the ground.
  case sideways
}

/// Which drones are near each other, drone by drone, in time that grows in proportion to the drones and to those near
/// them.
///
/// Drones are put into the cells of a level grid as wide as the radius, so that only those of the
/// nine cells about a drone are looked at.
@usableFromInline
package struct NeighbourLists<S: GroupLanes>: Sendable {
  private var starts: [Int] = [0]
  private var members: [Int32] = []
  /// Where the drones of a world are; NaN where one has left, or is nowhere. [m]
  private var points: [Vector<World, Double>] = []
  private var cells: [Int32] = []
  private var cellStarts: [Int32] = []
  private var order: [Int32] = []

  /// No lists.
  package init() {}

  /// The drones near one, in order, itself left out.
  package subscript(drone: Int) -> ArraySlice<Int32> { members[starts[drone]..<starts[drone + 1]] }

  /// Finds which drones are near each other.
  ///
  /// Drones of different worlds are never near each other; one that has left its world, or whose position is
  /// not finite, is near none.
  ///
  /// - Parameters:
  ///   - swarm: The drones.
  ///   - radius: The distance up to which drones are near. [m]
  ///   - distance: How it is measured.
  @specialized(where S == DoubleLanes)
  @specialized(where S == FloatLanes)
  package mutating func find(
    in swarm: SwarmGroups<S>, within radius: Double, distance: NeighbourDistance = .straight
  ) {
    starts.removeAll(keepingCapacity: true)
    members.removeAll(keepingCapacity: true)
    starts.append(0)
    for world in 0..<swarm.worldCount {
      let drones = swarm.drones(ofWorld: world)
      notePoints(of: drones, in: swarm)
      guard let grid = Grid(over: points, radius: radius) else {
        for _ in drones { starts.append(members.count) }
        continue
      }
      fill(grid, from: drones.lowerBound)
      for drone in drones {
        let cell = Int(cells[drone - drones.lowerBound])
        if cell >= 0 { list(drone, from: drones.lowerBound, at: cell, of: grid, radius, distance) }
        starts.append(members.count)
      }
    }
  }

  /// Takes in where the drones of a world are.
  private mutating func notePoints(of drones: Range<Int>, in swarm: SwarmGroups<S>) {
    points.removeAll(keepingCapacity: true)
    for drone in drones {
      let position = swarm.position(of: drone)
      let isSomewhere = position.isFinite && swarm.presence[drone]
      points.append(isSomewhere ? position : Vector(.nan, .nan, .nan))
    }
  }

  /// Sorts the drones of a world by cell, and by index within a cell.
  private mutating func fill(_ grid: Grid, from first: Int) {
    cells.removeAll(keepingCapacity: true)
    cellStarts.removeAll(keepingCapacity: true)
    for _ in 0...grid.columns * grid.rows { cellStarts.append(0) }
    for point in points {
      let cell = grid.cell(of: point)
      cells.append(Int32(cell))
      if cell >= 0 { cellStarts[cell] += 1 }
    }
    var end: Int32 = 0
    for cell in cellStarts.indices {
      end += cellStarts[cell]
      cellStarts[cell] = end
    }
    order.removeAll(keepingCapacity: true)
    for _ in 0..<end { order.append(0) }
    // From the back, so that starts end up as starts.
    for place in points.indices.reversed() where cells[place] >= 0 {
      let cell = Int(cells[place])
      cellStarts[cell] -= 1
      order[Int(cellStarts[cell])] = Int32(first + place)
    }
  }

  private mutating func list(
    _ drone: Int, from first: Int, at cell: Int, of grid: Grid, _ radius: Double,
    _ distance: NeighbourDistance
  ) {
    let position = points[drone - first]
    let (column, row) = (cell % grid.columns, cell / grid.columns)
    let start = members.count
    let columns = max(0, column - 1)...min(grid.columns - 1, column + 1)
    for row in max(0, row - 1)...min(grid.rows - 1, row + 1) {
      let from = cellStarts[row * grid.columns + columns.lowerBound]
      let end = cellStarts[row * grid.columns + columns.upperBound + 1]
      for place in from..<end where order[Int(place)] != drone {
        let other = order[Int(place)]
        var offset = points[Int(other) - first] - position
        if distance == .sideways { offset.z = 0 }
        if offset.squaredNorm <= radius * radius { insert(other, from: start) }
      }
    }
  }

  /// Adds a drone to the last list, which starts at `first` and is in order.
  private mutating func insert(_ drone: Int32, from first: Int) {
    members.append(drone)
    var place = members.count - 1
    while place > first, members[place - 1] > drone {
      members[place] = members[place - 1]
      place -= 1
    }
    members[place] = drone
  }
}

/// A level grid over the drones of a world, at most four cells a drone.
private struct Grid {
  private let corner: Vector<World, Double>
  private let width: Double
  let columns: Int
  let rows: Int

  /// The grid, or `nil` where no drone is anywhere or the radius is none.
  init?(over points: [Vector<World, Double>], radius: Double) {
    var low = Vector<World, Double>(.infinity, .infinity, 0)
    var high = -low
    // What is not a number is neither less nor more.
    for p in points {
      if p.x < low.x { low.x = p.x }
      if p.y < low.y { low.y = p.y }
      if p.x > high.x { high.x = p.x }
      if p.y > high.y { high.y = p.y }
    }
    guard radius > 0, low.x <= high.x else { return nil }
    let most = (4 * Double(points.count)).squareRoot().rounded(.up)
    let size = high - low
    // Slightly wider than the radius, so that rounding loses none.
    width = max(radius * (1 + 1e-9), size.x / most, size.y / most)
    guard width.isFinite else { return nil }
    corner = low
    columns = Int(size.x / width) + 1
    rows = Int(size.y / width) + 1
  }

  /// The cell of a point, counted row by row; −1 where it is nowhere.
  func cell(of p: Vector<World, Double>) -> Int {
    guard p.x == p.x else { return -1 }
    let (column, row) = (Int((p.x - corner.x) / width), Int((p.y - corner.y) / width))
    return min(rows - 1, row) * columns + min(columns - 1, column)
  }
}
