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
    if rules.observer.hasNeighbours { sensing.notePositions(of: 0..<rowCount, in: seen) }
    for group in simulator.swarm.groups {
      let first = group * DroneLanes.laneCount
      let rows = first..<min(first + DroneLanes.laneCount, rowCount)
      var states = simulator.swarm.states[group]
      if rules.hasNoise {
        for lane in rows.indices {
          states[lane: lane - first] = seen[group][lane: lane - first]
        }
      }
      write(rows, of: seen, states: states, goal: outputs.goal(ofGroup: group), to: &observations)
    }
    for row in 0..<rowCount {
      if records.statuses[row] == .absent {
        observations.clear(row, of: rules)
      } else if !sensing.sensors.isEmpty {
        sensing.sensors.write(row, of: rules.observationCount, to: &observations)
      }
    }
  }

  /// Writes what the drones of one world see.
  mutating func write(_ world: Int, to observations: inout MutableSpan<Float>) {
    let seen = seenStates
    if rules.observer.hasNeighbours { sensing.notePositions(of: rows(of: world), in: seen) }
    for row in rows(of: world) where records.statuses[row] != .absent {
      let (group, lane) = DroneLanes.place(of: row)
      write(
        row..<row + 1, of: seen, states: seen[group][lane: lane],
        goal: outputs.goals[row], to: &observations)
      sensing.sensors.write(row, of: rules.observationCount, to: &observations)
    }
  }

  private mutating func write<S: Lanes>(
    _ rows: Range<Int>, of seen: [DroneState<DroneLanes>], states: DroneState<S>, goal: Goal<S>,
    to observations: inout MutableSpan<Float>
  ) {
    for placed in rules.observer.parts {
      var writer = RowWriter<S>(rows, column: placed.column, of: rules.observationCount)
      switch placed.part {
      case .positionError(let scale):
        writer.appendBounded(goal.position - states.position, over: scale, to: &observations)
      case .velocityError(let scale):
        writer.appendBounded(goal.velocity - states.velocity, over: scale, to: &observations)
      case .lastActions, .neighbours, .features, .ranges, .multiranger, .altitude:
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
    var writer = RowWriter<Double>(row..<row + 1, column: placed.column, of: width)
    switch placed.part {
    case .lastActions(let count):
      let end = actions.history(of: row).upperBound
      let shown = actions.history.span.extracting(end - count * rules.actionCount..<end)
      writer.append(shown, to: &observations)
    case .neighbours(let count, let scale):
      noteDistances(from: row)
      for _ in 0..<count {
        writeNearest(to: row, among: states, scale: scale, with: &writer, to: &observations)
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

  /// Works out how far one drone is from the others; those that have left are infinitely far.
  private mutating func noteDistances(from row: Int) {
    let own = sensing.positions[row]
    let first = row / rules.agentCount * rules.agentCount
    for other in sensing.distances.indices {
      let distance = (sensing.positions[first + other] - own).squaredNorm
      let counts =
        first + other != row && records.statuses[first + other] != .absent && distance.isFinite
      sensing.distances[other] = counts ? distance : .infinity
    }
  }

  /// Writes the nearest of those that have not been written, by distance and, where that is equal, by
  /// index; zeros where none is left.
  private mutating func writeNearest(
    to row: Int, among states: [DroneState<DroneLanes>], scale: Double,
    with writer: inout RowWriter<Double>, to observations: inout MutableSpan<Float>
  ) {
    let (nearest, distance) = Self.least(of: sensing.distances.span)
    guard distance < .infinity else {
      for _ in 0..<2 { writer.append(Vector<World, Double>.zero, to: &observations) }
      return
    }
    sensing.distances[nearest] = .infinity
    let other = row / rules.agentCount * rules.agentCount + nearest
    let offset = sensing.positions[other] - sensing.positions[row]
    writer.appendBounded(offset, over: scale, to: &observations)
    let velocity = states.velocity(of: other) - states.velocity(of: row)
    writer.appendBounded(velocity, over: scale, to: &observations)
  }

  /// The first of the least numbers, and which it is, found without branches, which could not be
  /// foretold.
  private static func least(of numbers: Span<Double>) -> (index: Int, number: Double) {
    var least = numbers[0]
    for index in numbers.indices { least = numbers[index].lowered(to: least) }
    var first = 0
    for index in numbers.indices.reversed() { first = numbers[index] == least ? index : first }
    return (first, least)
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
