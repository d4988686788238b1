import Control
import Drone
import Geometry
public import Gym
import Randomness
import Simulation
import SpatialMath
import Synchronization

extension TaskEnvironment {
  /// All that the future of a batch depends on.
  public struct Snapshot: Sendable, Codable {
    /// A drone of an environment.
    struct Agent: Sendable, Codable {
      var isLive: Bool
      var contactCount: Int
      var variation: Variation
      var controller: ControlMemory
      var commands: [[Double]]
      var history: [Float]
      /// What it has felt; `nil` in what an older version wrote down.
      var felt: [Float]?
    }

    /// An environment.
    struct World: Sendable, Codable {
      var random: SplitMix64
      var phase: EpisodePhase
      var stepCount: Int
      var memory: Task.Memory
      var wind: EpisodeWind
      /// What the simulation knows of it.
      var bodies: WorldSnapshot
      var obstacles: [[Double]]
      var agents: [Agent]
    }

    var worlds: [World]
  }

  public func snapshot() throws(GymError) -> Snapshot {
    try checkIsOpen()
    var records: [Snapshot.World] = []
    for block in blocks {
      block.content.withLock { worlds in
        for world in worlds.engine.phases.indices { records.append(worlds.record(world)) }
      }
    }
    return Snapshot(worlds: records)
  }

  public mutating func restore(_ snapshot: Snapshot) throws(GymError) {
    try checkIsOpen()
    guard snapshot.worlds.count == layout.environmentCount else {
      throw .foreignSnapshot(
        "it has \(snapshot.worlds.count) environments, not \(layout.environmentCount)")
    }
    for block in blocks {
      try block.content.withLock { worlds throws(GymError) in
        for (world, environment) in block.worlds.enumerated() {
          try worlds.check(snapshot.worlds[environment], against: world)
        }
      }
    }
    isReady = false
    for block in blocks {
      try block.content.withLock { worlds throws(GymError) in
        for (world, environment) in block.worlds.enumerated() {
          try worlds.restore(snapshot.worlds[environment], to: world)
        }
      }
    }
  }
}

extension TaskWorlds {
  fileprivate typealias Record = TaskEnvironment<Task>.Snapshot

  /// All that the future of a world depends on.
  fileprivate mutating func record(_ world: Int) -> Record.World {
    Record.World(
      random: engine.randoms[world], phase: engine.phases[world],
      stepCount: engine.records.stepCounts[world], memory: self[memoryOf: world],
      wind: engine.winds[world], bodies: engine.simulator.snapshot(ofWorld: world),
      obstacles: engine.records.obstacles[world].map(\.numbers),
      agents: engine.rows(of: world).map { record(row: $0) })
  }

  private func record(row: Int) -> Record.Agent {
    let actions = engine.actions
    return Record.Agent(
      isLive: engine.records.statuses[row] == .active,
      contactCount: engine.records.contactCounts[row], variation: engine.variations[row],
      controller: ControlMemory(actions[memoryOf: row]),
      commands: actions.commands(of: row).map { actions.commands[$0].array },
      history: actions.history(of: row).map { actions.history[$0] },
      felt: engine.felt.history(of: row).map { engine.felt.history[$0] })
  }

  /// Refuses what no world like one of these can come to.
  fileprivate mutating func check(
    _ record: Record.World, against world: Int
  ) throws(GymError) {
    let rules = engine.rules
    var isFitting =
      record.bodies.isLike(engine.simulator.snapshot(ofWorld: world))
      && 0...rules.stepLimit ~= record.stepCount && task.isPossible(record.memory)
      && record.wind.mean.isFinite && record.agents.count == rules.agentCount
      && record.obstacles.count == rules.setup.obstacles.count
      && record.obstacles.allSatisfy { $0.count == 7 && Pose(numbers: $0).isSound }
      && (!record.phase.isRunning || isOnSchedule(record))
    for agent in record.agents where !isPossible(agent) { isFitting = false }
    let numbers = record.agents.map { rules.parameters(of: $0.variation) }
    let mean = rules.hasWindByEpisode ? record.wind.velocity : rules.setup.wind.mean
    isFitting =
      isFitting
      && record.bodies.fits(numbers, meanWind: mean, period: engine.simulator.period)
    guard isFitting else { throw .foreignSnapshot("its drones or obstacles are others") }
  }

  /// Whether those obstacles that move are where their schedules have them.
  private func isOnSchedule(_ record: Record.World) -> Bool {
    let time = Double(record.bodies.steps) * engine.simulator.period
    return engine.rules.movingObstacles.allSatisfy { index in
      let motion = engine.rules.setup.obstacles[index].motion
      return motion?.pose(at: time).numbers == record.obstacles[index]
    }
  }

  private func isPossible(_ agent: Record.Agent) -> Bool {
    let rules = engine.rules
    return agent.contactCount >= 0 && agent.controller.isFinite
      && rules.isPossible(agent.variation)
      && agent.history.count == rules.actionsKept
      && agent.history.allSatisfy { (-1...1).contains($0) }
      && (agent.felt ?? []).count == engine.felt.history(of: 0).count
      && (agent.felt ?? []).allSatisfy(\.isFinite)
      && agent.commands.count == rules.commandsKept
      && agent.commands.allSatisfy { $0.count == 4 && $0.allSatisfy(\.isFinite) }
  }

  fileprivate mutating func restore(_ record: Record.World, to world: Int) throws(GymError) {
    let obstacles = record.obstacles.map { Pose(numbers: $0) }
    do throws(SimulationError) {
      try engine.placeObstacles(of: world, at: obstacles)
    } catch { throw .foreignSnapshot(error.description) }
    engine.winds[world] = record.wind
    if engine.rules.hasWindByEpisode { engine.restartWind(in: world) }
    for (agent, row) in engine.rows(of: world).enumerated() {
      engine.vary(row, by: record.agents[agent].variation)
    }
    do throws(SnapshotError) {
      try engine.simulator.restore(record.bodies, toWorld: world)
    } catch { throw .foreignSnapshot(error.description) }
    engine.randoms[world] = record.random
    engine.phases[world] = record.phase
    engine.records.stepCounts[world] = record.stepCount
    engine.records.obstacles[world] = obstacles
    self[memoryOf: world] = record.memory
    for (agent, row) in engine.rows(of: world).enumerated() {
      restore(record.agents[agent], to: row)
    }
  }

  private mutating func restore(_ record: Record.Agent, to row: Int) {
    let (group, lane) = DroneLanes.place(of: row)
    engine.records.statesBefore[group][lane: lane] = engine.simulator.swarm[row]
    let isActive = record.isLive && engine.phases[row / engine.rules.agentCount] == .running
    if isActive { engine.records.statuses[row] = .active } else { engine.leave(row) }
    engine.records.contactCounts[row] = record.contactCount
    engine.actions[memoryOf: row] = record.controller.loops
    engine.felt.restore(row, history: record.felt ?? [])
    engine.actions.restore(
      row, history: record.history,
      commands: record.commands.map { PerRotor($0[0], $0[1], $0[2], $0[3]) })
  }
}

extension Pose<Double> {
  /// Position and quaternion in a row.
  fileprivate var numbers: [Double] {
    let (p, q) = (position, attitude)
    return [p.x, p.y, p.z, q.x, q.y, q.z, q.w]
  }

  /// Whether a body can be there.
  fileprivate var isSound: Bool {
    numbers.allSatisfy(\.isFinite) && abs(attitude.squaredNorm - 1) < 1e-3
  }

  /// What ``numbers`` were made of.
  fileprivate init(numbers n: [Double]) {
    self.init(
      position: Vector(n[0], n[1], n[2]), attitude: Rotation(x: n[3], y: n[4], z: n[5], w: n[6]))
  }
}
