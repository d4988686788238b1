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
    for block in blocks {
      try block.worlds.withLock { worlds throws(GymError) in
        for (world, environment) in block.environments.enumerated() {
          try worlds.check(snapshot.worlds[environment], against: world)
        }
      }
    }
    isReady = false
    for block in blocks {
      try block.worlds.withLock { worlds throws(GymError) in
        for (world, environment) in block.environments.enumerated() {
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
    let episode = episodes[world]
    return Record.World(
      random: randoms[world], phase: phases[world], stepCount: episode.stepCount,
      memory: episode.memory, wind: winds[world],
      bodies: simulator.snapshot(ofWorld: world),
      obstacles: episode.obstacles.map(\.numbers),
      agents: episode.states.indices.map { record($0, of: world) })
  }

  private func record(_ agent: Int, of world: Int) -> Record.Agent {
    let row = world * rules.agentCount + agent
    let (slots, kept) = (rules.commandsKept, rules.actionsKept)
    return Record.Agent(
      isLive: isLive[row], contactCount: episodes[world].contactCounts[agent],
      variation: variations[row], controller: PilotMemory(self[memoryOf: row]),
      commands: commands[row * slots..<(row + 1) * slots].map(\.array),
      history: Array(history[row * kept..<(row + 1) * kept]))
  }

  /// Refuses what no world like one of these can come to.
  fileprivate mutating func check(
    _ record: Record.World, against world: Int
  ) throws(GymError) {
    var isFitting =
      record.bodies.isLike(simulator.snapshot(ofWorld: world))
      && 0...rules.stepLimit ~= record.stepCount && task.isPossible(record.memory)
      && record.wind.mean.isFinite && record.agents.count == rules.agentCount
      && record.obstacles.count == rules.setup.obstacles.count
      && record.obstacles.allSatisfy { $0.count == 7 && Pose(numbers: $0).isSound }
    for agent in record.agents where !isPossible(agent) { isFitting = false }
    guard isFitting else { throw .foreignSnapshot("its drones or obstacles are others") }
  }

  private func isPossible(_ agent: Record.Agent) -> Bool {
    agent.contactCount >= 0 && agent.controller.isFinite && agent.variation.fits(rules.setup.model)
      && (0..<rules.commandsKept).contains(agent.variation.delay)
      && agent.history.count == rules.actionsKept
      && agent.history.allSatisfy { (-1...1).contains($0) }
      && agent.commands.count == rules.commandsKept
      && agent.commands.allSatisfy { $0.count == 4 && $0.allSatisfy(\.isFinite) }
  }

  fileprivate mutating func restore(_ record: Record.World, to world: Int) throws(GymError) {
    let obstacles = record.obstacles.map { Pose(numbers: $0) }
    do throws(SimulationError) {
      try placeObstacles(of: world, at: obstacles)
    } catch { throw .foreignSnapshot(error.description) }
    winds[world] = record.wind
    if rules.setup.hasWindByEpisode { blow(in: world) }
    do throws(SnapshotError) {
      try simulator.restore(record.bodies, toWorld: world)
    } catch { throw .foreignSnapshot(error.description) }
    randoms[world] = record.random
    phases[world] = record.phase
    episodes[world].stepCount = record.stepCount
    episodes[world].memory = record.memory
    episodes[world].obstacles = obstacles
    for (agent, drone) in record.agents.enumerated() {
      episodes[world].states[agent] = record.bodies[agent]
      restore(drone, to: agent, of: world)
    }
  }

  private mutating func restore(_ record: Record.Agent, to agent: Int, of world: Int) {
    let row = world * rules.agentCount + agent
    let (slots, kept) = (rules.commandsKept, rules.actionsKept)
    isLive[row] = record.isLive
    isShown[row] = record.isLive
    episodes[world].contactCounts[agent] = record.contactCount
    vary(row, by: record.variation)
    self[memoryOf: row] = record.controller.loops
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
