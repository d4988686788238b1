import Control
import Drone
import Gym
import Randomness
import Simulation
import SpatialMath

extension TaskWorlds {
  /// Shows the drones of all worlds what they see, a group at a time; those who have left see nothing.
  mutating func showAll(to observations: inout MutableSpan<Float>) {
    for world in phases.indices where seesOtherwise { look(world) }
    for group in simulator.swarm.groups {
      let first = group * DroneLanes.laneCount
      let rows = first..<min(first + DroneLanes.laneCount, isShown.count)
      var states = simulator.swarm.states[group]
      if rules.hasNoise { for row in rows { states[lane: row - first] = state(of: row) } }
      show(rows, states: states, to: &observations)
    }
    for world in phases.indices where rules.hasNoise { swapSeen(world, drawing: false) }
    for row in isShown.indices where !isShown[row] { observations.clear(row, of: rules) }
  }

  /// Shows the drones of one world what they see.
  mutating func show(_ world: Int, to observations: inout MutableSpan<Float>) {
    if seesOtherwise { look(world) }
    for row in rows(of: world) where isShown[row] {
      show(row..<row + 1, states: state(of: row), to: &observations)
    }
    if rules.hasNoise { swapSeen(world, drawing: false) }
  }

  /// Whether drones see anything but how they truly move.
  private var seesOtherwise: Bool { rules.hasNoise || !sight.isEmpty }

  /// Casts the rays of a world, and lets its drones seem to move as they do not.
  private mutating func look(_ world: Int) {
    sight.look(at: episodes[world], of: world)
    if rules.hasNoise { swapSeen(world) }
  }

  private func state(of row: Int) -> DroneState<Double> {
    let world = row / rules.agentCount
    return episodes[world].states[row - world * rules.agentCount]
  }

  /// Exchanges how drones move for how they seem to, or back: all that is observed follows from that.
  private mutating func swapSeen(_ world: Int, drawing: Bool = true) {
    if drawing {
      for agent in episodes[world].states.indices {
        seen[world][agent] = rules.setup.noise.applied(
          to: episodes[world].states[agent], using: &randoms[world])
      }
      if rules.setup.noise.range > 0 { rangeSeeds[world] = randoms[world].next() }
    }
    swap(&seen[world], &episodes[world].states)
  }

  private mutating func show<S: Lanes>(
    _ rows: Range<Int>, states: DroneState<S>, to observations: inout MutableSpan<Float>
  ) {
    for placed in rules.observer.parts {
      switch placed.part {
      case .positionError(let scale):
        var writer = RowWriter<S>(rows, column: placed.column, of: rules.observationCount)
        var goals = Vector<World, S>.zero
        for (lane, row) in rows.enumerated() { goals[lane: lane] = goal(of: row).position }
        writer.appendBounded(goals - states.position, over: scale, to: &observations)
      case .velocityError(let scale):
        var writer = RowWriter<S>(rows, column: placed.column, of: rules.observationCount)
        var goals = Vector<World, S>.zero
        for (lane, row) in rows.enumerated() { goals[lane: lane] = goal(of: row).velocity }
        writer.appendBounded(goals - states.velocity, over: scale, to: &observations)
      case .ranges, .multiranger, .altitude:
        for row in rows where isShown[row] { writeRanges(placed, of: row, to: &observations) }
      case .lastActions, .neighbours, .features:
        for row in rows where isShown[row] {
          var writer = RowWriter<Double>(
            row..<row + 1, column: placed.column, of: rules.observationCount)
          write(placed, of: row, with: &writer, to: &observations)
        }
      default:
        var writer = RowWriter<S>(rows, column: placed.column, of: rules.observationCount)
        states.write(placed.part, with: &writer, to: &observations)
      }
    }
  }

  private func goal(of row: Int) -> Setpoint {
    let world = row / rules.agentCount
    return task.goal(of: row - world * rules.agentCount, in: episodes[world])
  }

  /// Writes a part of what one drone sees that takes more than its state to know.
  private mutating func write(
    _ placed: Observer.PlacedPart, of row: Int, with writer: inout RowWriter<Double>,
    to observations: inout MutableSpan<Float>
  ) {
    let world = row / rules.agentCount
    let agent = row - world * rules.agentCount
    switch placed.part {
    case .lastActions(let count):
      let end = (row + 1) * rules.actionsKept
      let shown = history.span.extracting(end - count * rules.actionCount..<end)
      writer.append(shown, to: &observations)
    case .neighbours(let count, let scale):
      noteDistances(from: agent, in: world)
      for _ in 0..<count {
        writeNearest(to: agent, in: world, scale: scale, with: &writer, to: &observations)
      }
    case .features(let count):
      for index in 0..<count {
        let feature = task.feature(index, of: agent, in: episodes[world])
        writer.appendBounded(feature, to: &observations)
      }
    default: break
    }
  }

  /// Works out how far one drone is from the others; those who have left are infinitely far.
  private mutating func noteDistances(from agent: Int, in world: Int) {
    let own = episodes[world].states[agent].position
    for other in distances.indices {
      let distance = (episodes[world].states[other].position - own).squaredNorm
      let counts = other != agent && episodes[world].isPresent[other] && distance.isFinite
      distances[other] = counts ? distance : .infinity
    }
  }

  /// Writes the nearest of those who have not been written, by distance and, where that is equal, by
  /// index; zeros where nobody is left.
  private mutating func writeNearest(
    to agent: Int, in world: Int, scale: Double, with writer: inout RowWriter<Double>,
    to observations: inout MutableSpan<Float>
  ) {
    let (nearest, distance) = Self.least(of: distances.span)
    guard distance < .infinity else {
      for _ in 0..<2 { writer.append(Vector<World, Double>.zero, to: &observations) }
      return
    }
    distances[nearest] = .infinity
    let own = episodes[world].states[agent]
    let other = episodes[world].states[nearest]
    writer.appendBounded(other.position - own.position, over: scale, to: &observations)
    writer.appendBounded(other.velocity - own.velocity, over: scale, to: &observations)
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

  /// Writes how far one drone sees along the rays of a part.
  private mutating func writeRanges(
    _ placed: Observer.PlacedPart, of row: Int, to observations: inout MutableSpan<Float>
  ) {
    let width = rules.observationCount
    var writer = RowWriter<Double>(row..<row + 1, column: placed.column, of: width)
    let (rays, noise) = (sight.rays(of: placed, row: row), rules.setup.noise.range)
    let world = row / rules.agentCount
    var random = self.noise(
      ofPartAt: placed.column, agent: row - world * rules.agentCount, in: world)
    for ray in rays.shares {
      var share = Double(sight.shares[ray])
      if noise > 0 {
        share = max(0, share + noise / rays.reach * random.normal())
      }
      writer.appendBounded(share, to: &observations)
    }
  }

  /// The noise of some ranges: a stream of their own, since in which order agents and parts are written
  /// depends on the batch.
  private func noise(ofPartAt column: Int, agent: Int, in world: Int) -> SplitMix64 {
    guard rules.setup.noise.range > 0 else { return SplitMix64(seed: 0) }
    let place = agent * rules.observationCount + column
    return SplitMix64(seed: rangeSeeds[world]).stream(UInt64(place))
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
