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

  /// Writes what the drones of all worlds see, a group at a time; those that have left see nothing.
  mutating func writeAll(to observations: inout MutableSpan<Float>) {
    let seen = seenStates
    if rules.observer.neighbourCount > 0 {
      for world in phases.indices { findNeighbours(in: world, seen) }
    }
    // Where they are, as spans: what is read of an array is copied whole.
    let states = seen.span
    let goals = outputs.goals.span
    for group in states.indices {
      let first = group * DroneLanes.laneCount
      let rows = first..<min(first + DroneLanes.laneCount, rowCount)
      write(rows, of: seen, states: states[group], goal: goals[group], to: &observations)
    }
    if !sensing.sensors.isEmpty {
      for row in 0..<rowCount {
        sensing.sensors.write(row, of: rules.observationCount, to: &observations)
      }
    }
    for row in 0..<rowCount where records.statuses[row] == .absent {
      observations.clear(row, of: rules)
    }
  }

  /// Writes what the drones of one world see.
  mutating func write(_ world: Int, to observations: inout MutableSpan<Float>) {
    let seen = seenStates
    if rules.observer.neighbourCount > 0 { findNeighbours(in: world, seen) }
    for row in rows(of: world) where records.statuses[row] != .absent {
      let (group, lane) = DroneLanes.place(of: row)
      write(
        row..<row + 1, of: seen, states: seen[group][lane: lane],
        goal: outputs.goals[group][lane: lane], to: &observations)
      sensing.sensors.write(row, of: rules.observationCount, to: &observations)
    }
  }

  private func write<S: RowLanes>(
    _ rows: Range<Int>, of seen: [DroneState<DroneLanes>], states: DroneState<S>, goal: Goal<S>,
    to observations: inout MutableSpan<Float>
  ) {
    let (parts, width) = (rules.observer.parts, rules.observationCount)
    for index in parts.indices {
      let placed = parts[index]
      var writer = RowWriter<S>(rows, columns: placed.columns, of: width, in: observations)
      switch placed.part {
      case .positionError(let scale, let axes):
        let error = states.seen(goal.position - states.position, along: axes)
        writer.appendBounded(error, over: scale, to: &observations)
      case .velocityError(let scale):
        writer.appendBounded(goal.velocity - states.velocity, over: scale, to: &observations)
      case .lastActions(let count):
        actions.write(count, of: rows, to: &observations, at: placed.column, of: width)
      case .accelerations(let count, let scale, let turnScale):
        felt.write(
          count, scale: scale, turnScale: turnScale, of: rows, to: &observations,
          at: placed.column, of: width)
      case .neighbours(let count, let scale, let axes):
        sensing.others.write(
          count, scale: scale, along: axes, from: rows, in: seen, besides: states, with: &writer,
          to: &observations)
      case .features, .ranges, .multiranger, .altitude:
        for row in rows where records.statuses[row] != .absent {
          write(placed, of: row, to: &observations)
        }
      default: states.write(placed.part, with: &writer, to: &observations)
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
      row..<row + 1, columns: placed.columns, of: width, in: observations)
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

extension NearestOthers {
  /// Writes where the nearest others are and how fast, seen from the drones of some rows; zeros where there are no
  /// more.
  // Not inlined, so that other parts have the registers to themselves.
  @inline(never)
  fileprivate func write<S: RowLanes>(
    _ count: Int, scale: Double, along axes: ObservationPart.Axes, from rows: Range<Int>,
    in states: [DroneState<DroneLanes>], besides own: DroneState<S>,
    with writer: inout RowWriter<S>, to observations: inout MutableSpan<Float>
  ) {
    // Where they are, as a span: what is read of an array is copied whole.
    let states = states.span
    for rank in 0..<count {
      let (position, velocity) = S.each { lane in
        let row = min(rows.lowerBound + lane, rows.upperBound - 1)
        let other = nearest(rank, of: row)
        // The drone itself, which is where it is, stands in for one that is not there.
        let (group, lane) = DroneLanes.place(of: other < 0 ? row : other)
        return (states[group].position[lane: lane], states[group].velocity[lane: lane])
      }
      writer.appendBounded(
        own.seen(position - own.position, along: axes), over: scale, to: &observations)
      writer.appendBounded(
        own.seen(velocity - own.velocity, along: axes), over: scale, to: &observations)
    }
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
