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
    if rules.observer.hasNeighbours {
      for world in phases.indices { notePositions(in: world, seen) }
    }
    for group in simulator.swarm.groups {
      let first = group * DroneLanes.laneCount
      let rows = first..<min(first + DroneLanes.laneCount, rowCount)
      write(
        rows, of: seen, states: seen[group], goal: outputs.goals[group], to: &observations)
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
    if rules.observer.hasNeighbours { notePositions(in: world, seen) }
    for row in rows(of: world) where records.statuses[row] != .absent {
      let (group, lane) = DroneLanes.place(of: row)
      write(
        row..<row + 1, of: seen, states: seen[group][lane: lane],
        goal: outputs.goals[group][lane: lane], to: &observations)
      sensing.sensors.write(row, of: rules.observationCount, to: &observations)
    }
  }

  private mutating func write<S: RowLanes>(
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
      case .neighbours, .features, .ranges, .multiranger, .altitude:
        for row in rows where records.statuses[row] != .absent {
          write(placed, of: row, among: seen, to: &observations)
        }
      default: states.write(placed.part, with: &writer, to: &observations)
      }
    }
  }

  /// Writes a part of what one drone sees that takes more than its state and goal to know.
  private mutating func write(
    _ placed: Observer.PlacedPart, of row: Int, among states: [DroneState<DroneLanes>],
    to observations: inout MutableSpan<Float>
  ) {
    let width = rules.observationCount
    let world = row / rules.agentCount
    let agent = row - world * rules.agentCount
    var writer = RowWriter<Double>(
      row..<row + 1, columns: placed.columns, of: width, in: observations)
    switch placed.part {
    case .neighbours(let count, let scale, let axes):
      sensing.others.measure(from: agent, world: world)
      for _ in 0..<count {
        writeNearest(
          to: row, among: states, scale: scale, along: axes, with: &writer, to: &observations)
      }
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

  /// Takes in where the drones of a world seem to be, but for those that have left.
  private mutating func notePositions(in world: Int, _ states: [DroneState<DroneLanes>]) {
    for (agent, row) in rows(of: world).enumerated() {
      let (group, lane) = DroneLanes.place(of: row)
      let isThere = records.statuses[row] != .absent
      sensing.others.note(
        isThere ? states[group].position[lane: lane] : nil, of: agent, world: world)
    }
  }

  /// Writes the nearest of those that have not been written, by distance and, where that is equal, by
  /// index; zeros where none is left.
  private mutating func writeNearest(
    to row: Int, among states: [DroneState<DroneLanes>], scale: Double,
    along axes: ObservationPart.Axes, with writer: inout RowWriter<Double>,
    to observations: inout MutableSpan<Float>
  ) {
    guard let nearest = sensing.others.takeNearest() else {
      for _ in 0..<2 { writer.append(Vector<World, Double>.zero, to: &observations) }
      return
    }
    let world = row / rules.agentCount
    let first = world * rules.agentCount
    let offset = sensing.others.offset(from: row - first, to: nearest, world: world)
    let velocity = states.velocity(of: first + nearest) - states.velocity(of: row)
    let (group, lane) = DroneLanes.place(of: row)
    let state = states[group][lane: lane]
    writer.appendBounded(state.seen(offset, along: axes), over: scale, to: &observations)
    writer.appendBounded(state.seen(velocity, along: axes), over: scale, to: &observations)
  }
}

extension [DroneState<DroneLanes>] {
  fileprivate func velocity(of drone: Int) -> Vector<World, Double> {
    let (group, lane) = DroneLanes.place(of: drone)
    return self[group].velocity[lane: lane]
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
