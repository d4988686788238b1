import Control
import Drone
import Gym
import Simulation
import SpatialMath

extension TaskEngine {
  /// How drones move as far as they see it.
  var seenStates: [DroneState<DroneLanes>] {
    rules.hasNoise ? sensing.states : simulator.swarm.states
  }

  /// Lets the drones of a world look around, where that is not how they truly move.
  mutating func look(_ world: Int) {
    let states = simulator.swarm.states
    sensing.look(states, records, world: world, using: &randoms[world])
    if rules.hasNoise {
      sensing.addNoise(
        to: states, rows: rows(of: world), world: world, using: &randoms[world])
    }
  }

  /// Writes what the drones of all worlds see.
  mutating func writeAll(to observations: inout MutableSpan<Float>) {
    let seen = seenStates
    if rules.observer.neighbourCount > 0 {
      for world in phases.indices { findNeighbours(in: world, seen) }
    }
    write(0..<rowCount, seen, to: &observations)
  }

  /// Writes what the drones of one world see.
  mutating func write(_ world: Int, to observations: inout MutableSpan<Float>) {
    let seen = seenStates
    if rules.observer.neighbourCount > 0 { findNeighbours(in: world, seen) }
    write(rows(of: world), seen, to: &observations)
  }

  /// Writes what the drones of some rows see; those that have left see nothing.
  private mutating func write(
    _ rows: Range<Int>, _ seen: [DroneState<DroneLanes>],
    to observations: inout MutableSpan<Float>
  ) {
    switch rules.precision {
    case .double: writeGroups(rows, seen, in: DroneLanes.self, to: &observations)
    case .single: writeGroups(rows, seen, in: FloatLanes.self, to: &observations)
    }
    for placed in rules.observer.rowParts { write(placed, of: rows, to: &observations) }
    if !sensing.sensors.isEmpty {
      for row in rows { sensing.sensors.write(row, of: rules.observationCount, to: &observations) }
    }
    for row in rows where records.statuses[row] == .absent { observations.clear(row, of: rules) }
  }

  /// Writes what follows of how drones move and should move, as many rows at a time as there are lanes.
  @inline(never)
  private mutating func writeGroups<S: SingleFlightLanes & ColumnLanes>(
    _ rows: Range<Int>, _ seen: [DroneState<DroneLanes>], in: S.Type,
    to observations: inout MutableSpan<Float>
  ) {
    let (lanes, parts) = (S.laneCount, rules.observer.groupParts)
    let columnCount = rules.observer.groupColumnCount
    // Taken out and put back, so that they are written where they are.
    var list: [Float] = []
    swap(&list, &observationColumns)
    var columns = list.mutableSpan
    for first in stride(from: rows.lowerBound / lanes * lanes, to: rows.upperBound, by: lanes) {
      let group: SeenGroup<S> = seenGroup(from: first, seen)
      for placed in parts {
        var writer = RowWriter<S>(placed.columns, in: columns)
        write(placed.part, of: group, with: &writer, to: &columns)
      }
      observations.put(
        rows.clamped(to: first..<first + lanes), from: columns.span, ofLanesFrom: first,
        laneCount: lanes, count: columnCount, width: rules.observationCount)
    }
    swap(&list, &observationColumns)
  }

  /// How the drones from a row on seem to move, and where they should be.
  @inline(__always)
  private func seenGroup<S: SingleFlightLanes>(
    from first: Int, _ seen: [DroneState<DroneLanes>]
  ) -> SeenGroup<S> {
    // As spans: what is read of an array is copied whole.
    let (states, goals) = (seen.span, outputs.goals.span)
    var group = SeenGroup<S>(first: first)
    S.forEachPart { part in
      let index = min(first / DroneLanes.laneCount + part, states.count - 1)
      group.states.update(from: states[index]) { $0[group: part] = $1 }
      guard rules.observer.showsGoals else { return }
      group.goal.update(from: goals[index]) { $0[group: part] = $1 }
    }
    return group
  }

  @inline(__always)
  private func write<S: SingleFlightLanes & ColumnLanes>(
    _ part: ObservationPart, of group: SeenGroup<S>, with writer: inout RowWriter<S>,
    to columns: inout MutableSpan<Float>
  ) {
    let (states, goal) = (group.states, group.goal)
    switch part {
    case .positionError(let scale, let axes):
      states.write(
        goal.position - states.position, along: axes, over: scale, with: &writer, to: &columns)
    case .velocityError(let scale):
      writer.appendBounded(goal.velocity - states.velocity, over: scale, to: &columns)
    case .neighbours(let count, let scale, let axes):
      sensing.others.write(
        count, scale: scale, along: axes, of: group, in: seenStates, with: &writer, to: &columns)
    default: states.write(part, with: &writer, to: &columns)
    }
  }

  /// Writes a part of what the drones of some rows see that is kept row by row.
  private func write(
    _ placed: Observer.PlacedPart, of rows: Range<Int>, to observations: inout MutableSpan<Float>
  ) {
    let width = rules.observationCount
    switch placed.part {
    case .lastActions(let count):
      actions.write(count, of: rows, to: &observations, at: placed.column, of: width)
    case .accelerations(let count, let scale, let turnScale):
      felt.write(
        count, scale: scale, turnScale: turnScale, of: rows, to: &observations, at: placed.column,
        of: width)
    default:
      for row in rows where records.statuses[row] != .absent {
        write(placed, of: row, to: &observations)
      }
    }
  }

  /// Writes a part of what one drone sees that takes more than its state and goal to know.
  private func write(
    _ placed: Observer.PlacedPart, of row: Int, to observations: inout MutableSpan<Float>
  ) {
    let width = rules.observationCount
    let world = row / rules.agentCount
    let agent = row - world * rules.agentCount
    var writer = RowWriter<Double>(
      row: row, columns: placed.columns, of: width, in: observations)
    switch placed.part {
    case .features(let count):
      for index in 0..<count {
        let feature = outputs.features[row * outputs.featureCount + index]
        writer.appendBounded(feature, to: &observations)
      }
    default:
      sensing.writeRanges(
        placed, of: row, agent: agent, world: world, width: width, to: &observations)
    }
  }

  /// Finds out which drones of a world seem to be nearest to which, but for those that have left.
  private mutating func findNeighbours(in world: Int, _ states: [DroneState<DroneLanes>]) {
    let statuses = records.statuses
    sensing.others.find(in: rows(of: world)) { row in
      guard statuses[row] != .absent else { return nil }
      let (group, lane) = DroneLanes.place(of: row)
      return states[group].position[lane: lane]
    }
  }
}

/// How neighbouring drones seem to move, and where they should be, a lane a drone.
private struct SeenGroup<S: Lanes> {
  /// The row of the first lane.
  let first: Int
  var states = DroneState<S>()
  var goal = Goal<S>(position: .zero, yaw: .zero)
}

extension NearestOthers {
  /// Writes where the nearest others are and how fast, seen from the drones of a group; zeros where there are no
  /// more.
  // Not inlined, so that other parts have the registers to themselves.
  @inline(never)
  fileprivate func write<S: SingleFlightLanes & ColumnLanes>(
    _ count: Int, scale: Double, along axes: ObservationPart.Axes, of group: SeenGroup<S>,
    in states: [DroneState<DroneLanes>], with writer: inout RowWriter<S>,
    to columns: inout MutableSpan<Float>
  ) {
    // Where they are, as a span: what is read of an array is copied whole.
    let (states, own) = (states.span, group.states)
    for rank in 0..<count {
      var (position, velocity) = (Vector<World, S>.zero, Vector<World, S>.zero)
      S.forEachPart { part in
        let others = placesOfNearest(rank, from: group.first + part * DroneLanes.laneCount)
        position.update(from: Vector(others) { states[$0].position[lane: $1] }) {
          $0[group: part] = $1
        }
        velocity.update(from: Vector(others) { states[$0].velocity[lane: $1] }) {
          $0[group: part] = $1
        }
      }
      own.write(position - own.position, along: axes, over: scale, with: &writer, to: &columns)
      own.write(velocity - own.velocity, along: axes, over: scale, with: &writer, to: &columns)
    }
  }

  /// Where the nearest of four drones from a row on are, by their rank.
  ///
  /// The drone itself stands in for one that is not there, and the last for those that would follow it.
  @inline(__always)
  private func placesOfNearest(_ rank: Int, from first: Int) -> FourPlaces {
    func place(_ lane: Int) -> (group: Int, lane: Int) {
      let row = min(first + lane, rowCount - 1)
      let other = nearest(rank, of: row)
      return DroneLanes.place(of: other < 0 ? row : other)
    }
    return (place(0), place(1), place(2), place(3))
  }
}

/// The groups and lanes of four drones.
private typealias FourPlaces = (
  (group: Int, lane: Int), (group: Int, lane: Int), (group: Int, lane: Int), (group: Int, lane: Int)
)

extension Vector where S == DroneLanes {
  /// The vectors of four drones.
  // Not in a loop, which is not always unrolled, and then goes through memory.
  @inline(__always)
  fileprivate init(_ places: FourPlaces, _ vector: (Int, Int) -> Vector<F, Double>) {
    self.init(
      vector(places.0.group, places.0.lane), vector(places.1.group, places.1.lane),
      vector(places.2.group, places.2.lane), vector(places.3.group, places.3.lane))
  }
}

extension MutableSpan where Element == Float {
  /// Brings a row to zero.
  fileprivate mutating func clear(_ row: Int, of rules: TaskRules) {
    for index in row * rules.observationCount..<(row + 1) * rules.observationCount {
      self[index] = 0
    }
  }
}
