import Control
import Drone
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
      var controller: PilotMemory
      var commands: [[Double]]
      var history: [Float]
    }

    /// An environment.
    struct World: Sendable, Codable {
      var random: SplitMix64
      var phase: EpisodePhase
      var stepCount: Int
      var memory: Task.Memory
      var wind: EpisodeWind
      /// What the simulation knows of it.
      var bodies: [UInt8]
      var obstacles: [[Double]]
      var agents: [Agent]
    }

    var worlds: [World]
  }

  public func snapshot() throws(GymError) -> Snapshot {
    try checkIsOpen()
    var records: [Snapshot.World] = []
    for block in blocks {
      block.worlds.withLock { worlds in
        for world in worlds.phases.indices { records.append(worlds.record(world)) }
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
    var bodies: [WorldSnapshot] = []
    for world in snapshot.worlds { bodies.append(try checkedBodies(of: world)) }
    isReady = false
    for block in blocks {
      try block.worlds.withLock { worlds throws(GymError) in
        for (world, environment) in block.environments.enumerated() {
          try worlds.restore(
            snapshot.worlds[environment], bodies: bodies[environment], to: world)
        }
      }
    }
  }

  /// What the simulation knows of a recorded world; worlds of other shape, or with numbers that are not
  /// finite, are refused.
  private func checkedBodies(of world: Snapshot.World) throws(GymError) -> WorldSnapshot {
    let isFitting =
      world.wind.mean.isFinite && world.agents.count == layout.agentCount
      && world.obstacles.count == rules.setup.obstacles.count
      && world.obstacles.allSatisfy { $0.count == 7 && $0.allSatisfy(\.isFinite) }
      && world.agents.allSatisfy { agent in
        agent.history.count == rules.actionsKept
          && agent.commands.count == rules.commandsKept
          && agent.commands.allSatisfy { $0.count == 4 && $0.allSatisfy(\.isFinite) }
          && (0..<rules.commandsKept).contains(agent.variation.delay)
      }
    guard isFitting else { throw .foreignSnapshot("its drones or obstacles are others") }
    let bodies: WorldSnapshot
    do throws(SnapshotError) {
      bodies = try WorldSnapshot(bytes: world.bodies)
    } catch { throw .foreignSnapshot(error.description) }
    guard bodies.droneCount == layout.agentCount else {
      throw .foreignSnapshot("its environments do not have \(layout.agentCount) drones")
    }
    return bodies
  }
}

extension TaskWorlds {
  fileprivate typealias Record = TaskEnvironment<Task>.Snapshot

  /// All that the future of a world depends on.
  fileprivate mutating func record(_ world: Int) -> Record.World {
    let episode = episodes[world]
    return Record.World(
      random: randoms[world], phase: phases[world], stepCount: episode.stepCount,
      memory: episode.memory, wind: winds[world],
      bodies: simulator.snapshot(ofWorld: world).bytes,
      obstacles: episode.obstacles.map(\.numbers),
      agents: episode.states.indices.map { record($0, of: world) })
  }

  private func record(_ agent: Int, of world: Int) -> Record.Agent {
    let row = world * rules.agentCount + agent
    let (slots, kept) = (rules.commandsKept, rules.actionsKept)
    return Record.Agent(
      isLive: isLive[row], contactCount: episodes[world].contactCounts[agent],
      variation: variations[row], controller: controllers[row].memory,
      commands: commands[row * slots..<(row + 1) * slots].map(\.array),
      history: Array(history[row * kept..<(row + 1) * kept]))
  }

  fileprivate mutating func restore(
    _ record: Record.World, bodies: WorldSnapshot, to world: Int
  ) throws(GymError) {
    let obstacles = record.obstacles.map { Pose(numbers: $0) }
    do throws(SimulationError) {
      try placeObstacles(of: world, at: obstacles)
    } catch { throw .foreignSnapshot(error.description) }
    winds[world] = record.wind
    if rules.setup.hasWindByEpisode { blow(in: world) }
    do throws(SnapshotError) {
      try simulator.restore(bodies, toWorld: world)
    } catch { throw .foreignSnapshot(error.description) }
    randoms[world] = record.random
    phases[world] = record.phase
    episodes[world].stepCount = record.stepCount
    episodes[world].memory = record.memory
    episodes[world].obstacles = obstacles
    for (agent, record) in record.agents.enumerated() {
      episodes[world].states[agent] = bodies[agent]
      restore(record, to: agent, of: world)
    }
  }

  private mutating func restore(_ record: Record.Agent, to agent: Int, of world: Int) {
    let row = world * rules.agentCount + agent
    let (slots, kept) = (rules.commandsKept, rules.actionsKept)
    isLive[row] = record.isLive
    isShown[row] = record.isLive
    episodes[world].contactCounts[agent] = record.contactCount
    vary(row, by: record.variation)
    controllers[row] = rules.decoder.freshController()
    controllers[row].memory = record.controller
    for (slot, speeds) in record.commands.enumerated() {
      commands[row * slots + slot] = PerRotor(speeds[0], speeds[1], speeds[2], speeds[3])
    }
    for (index, value) in record.history.enumerated() { history[row * kept + index] = value }
  }
}

extension Pose<Double> {
  /// Position and quaternion in a row.
  fileprivate var numbers: [Double] {
    let (p, q) = (position, attitude)
    return [p.x, p.y, p.z, q.x, q.y, q.z, q.w]
  }

  /// What ``numbers`` were made of.
  fileprivate init(numbers n: [Double]) {
    self.init(
      position: Vector(n[0], n[1], n[2]), attitude: Rotation(x: n[3], y: n[4], z: n[5], w: n[6]))
  }
}
