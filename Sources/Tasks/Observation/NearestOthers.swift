import Drone
import SpatialMath

/// Finds the drones of a world that are nearest to each of them, as they seem to be.
struct NearestOthers: Sendable {
  /// How many of the nearest are asked for. [–]
  private let count: Int
  /// How many drones each world has. [–]
  private let agentCount: Int
  /// Where the drones of a world are, in groups of its own; what is not there is infinitely far. [m]
  private var positions: [Vector<World, DroneLanes>]
  /// Which drones of the world are there, in order.
  private var present: [Int32] = []
  /// How far each of those is from the drones of a group, squared; infinite where there is none. [m²]
  private var distances: [DroneLanes]
  /// The nearest of the drone of each row, by their rows, the nearest first; −1 where there are no more.
  private var nearest: [Int32]

  /// Drones of which nothing is known, and how many of the nearest are asked for.
  init(_ count: Int, worldCount: Int, agentCount: Int) {
    (self.count, self.agentCount) = (count, agentCount)
    let groupCount = (agentCount + DroneLanes.laneCount - 1) / DroneLanes.laneCount
    let nowhere = DroneLanes(.infinity)
    positions = Array(repeating: Vector(nowhere, nowhere, nowhere), count: groupCount)
    nearest = Array(repeating: -1, count: worldCount * agentCount * count)
    distances = Array(repeating: nowhere, count: agentCount)
    present.reserveCapacity(agentCount)
  }

  /// Takes in where the drones of a world seem to be, and finds the nearest of each: by distance and, where that
  /// is equal, by index.
  ///
  /// - Parameters:
  ///   - rows: The rows of the world's drones.
  ///   - place: Says where the drone of a row is; `nil` where it has left. [m]
  mutating func find(in rows: Range<Int>, at place: (Int) -> Vector<World, Double>?) {
    // Taken out and put back, as spans, for arrays are asked at every element whether they are shared.
    var (positionList, distanceList, nearestList) =
      ([Vector<World, DroneLanes>](), [DroneLanes](), [Int32]())
    swap(&positionList, &self.positions)
    swap(&distanceList, &self.distances)
    swap(&nearestList, &self.nearest)
    var distances = distanceList.mutableSpan
    var nearest = nearestList.mutableSpan
    note(rows, at: place, in: &positionList)
    for group in positionList.indices {
      let agents =
        group * DroneLanes.laneCount..<min(agentCount, (group + 1) * DroneLanes.laneCount)
      let own = positionList[group]
      guard own.x.isFinite.any else {
        for index in agents.lowerBound * count..<agents.upperBound * count {
          nearest[rows.lowerBound * count + index] = -1
        }
        continue
      }
      measure(from: own, of: agents, by: positionList.span, in: &distances)
      list(agents, by: &distances, from: rows.lowerBound, in: &nearest)
    }
    swap(&positionList, &self.positions)
    swap(&distanceList, &self.distances)
    swap(&nearestList, &self.nearest)
  }

  /// Takes in where the drones of a world seem to be, and which of them are there.
  @inline(__always)
  private mutating func note(
    _ rows: Range<Int>, at place: (Int) -> Vector<World, Double>?,
    in positions: inout [Vector<World, DroneLanes>]
  ) {
    present.removeAll(keepingCapacity: true)
    for (agent, row) in rows.enumerated() {
      let (group, lane) = DroneLanes.place(of: agent)
      let position = place(row)
      positions[group][lane: lane] = position ?? Vector(.infinity, .infinity, .infinity)
      if position != nil { present.append(Int32(agent)) }
    }
  }

  /// Works out how far the drones that are there are from those of a group.
  @inline(__always)
  private func measure(
    from own: Vector<World, DroneLanes>, of agents: Range<Int>,
    by positions: Span<Vector<World, DroneLanes>>, in distances: inout MutableSpan<DroneLanes>
  ) {
    let numbers = DroneLanes.laneNumbers + DroneLanes(Double(agents.lowerBound))
    for (place, other) in present.enumerated() {
      let (group, lane) = DroneLanes.place(of: Int(other))
      let distance = (positions[group].map { DroneLanes($0[lane: lane]) } - own).squaredNorm
      let number = DroneLanes(Double(other))
      let isOther = (number .< numbers) .| (numbers .< number)
      distances[place] = DroneLanes(.infinity)
        .replacing(with: distance, where: isOther .& distance.isFinite)
    }
  }

  /// Lists the nearest of the drones of a group, all at once; those that are listed are put infinitely far.
  @inline(__always)
  private func list(
    _ agents: Range<Int>, by distances: inout MutableSpan<DroneLanes>, from first: Int,
    in nearest: inout MutableSpan<Int32>
  ) {
    let infinity = DroneLanes(.infinity)
    var last = DroneLanes(-1)
    for rank in 0..<count {
      var (least, places) = (infinity, DroneLanes(-1))
      for (place, other) in present.enumerated() {
        let number = DroneLanes(Double(other))
        let isLast = (number .<= last) .& (last .<= number)
        let distance = distances[place].replacing(with: infinity, where: isLast)
        distances[place] = distance
        // The first of those that are as near.
        let isNearer = distance .< least
        least = least.replacing(with: distance, where: isNearer)
        places = places.replacing(with: number, where: isNearer)
      }
      for (lane, agent) in agents.enumerated() {
        let place = Int32(places[lane: lane])
        nearest[(first + agent) * count + rank] = place < 0 ? -1 : Int32(first) + place
      }
      last = places
    }
  }

  /// How many rows there are.
  var rowCount: Int { nearest.count / count }

  /// The row of the nearest of the drone of a row, by its rank from 0; −1 where there are no more.
  @inline(__always)
  func nearest(_ rank: Int, of row: Int) -> Int { Int(nearest[row * count + rank]) }
}
