import Control
import Drone
public import Gym
import Randomness
import Simulation
import SpatialMath

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
    var worlds: [Snapshot.World] = []
    for environment in episodes.indices {
      let episode = episodes[environment]
      let agents = (0..<layout.agentCount).map { record($0, of: environment) }
      worlds.append(
        Snapshot.World(
          random: randoms[environment], phase: phases[environment], stepCount: episode.stepCount,
          memory: episode.memory, wind: winds[environment],
          bodies: arena.snapshot(of: environment).bytes,
          obstacles: episode.obstacles.map(\.numbers), agents: agents))
    }
    return Snapshot(worlds: worlds)
  }

  private func record(_ agent: Int, of environment: Int) -> Snapshot.Agent {
    let row = environment * layout.agentCount + agent
    let (slots, kept) = (commands.count / layout.rowCount, history.count / layout.rowCount)
    return Snapshot.Agent(
      isLive: isLive[row], contactCount: episodes[environment].contactCounts[agent],
      variation: variations[row], controller: controllers[row].memory,
      commands: commands[row * slots..<(row + 1) * slots].map(\.array),
      history: Array(history[row * kept..<(row + 1) * kept]))
  }

  public mutating func restore(_ snapshot: Snapshot) throws(GymError) {
    try checkIsOpen()
    try checkFits(snapshot)
    var bodies: [WorldSnapshot] = []
    for world in snapshot.worlds {
      do throws(SnapshotError) {
        bodies.append(try WorldSnapshot(bytes: world.bodies))
      } catch { throw .foreignSnapshot(error.description) }
      guard bodies.last?.droneCount == layout.agentCount else {
        throw .foreignSnapshot("its environments do not have \(layout.agentCount) drones")
      }
    }
    for (environment, world) in snapshot.worlds.enumerated() {
      let obstacles = world.obstacles.map { Pose(numbers: $0) }
      do throws(SimulationError) {
        try arena.placeObstacles(of: environment, at: obstacles)
      } catch { throw .foreignSnapshot(error.description) }
      winds[environment] = world.wind
      if setup.hasWindByEpisode { arena.blow(world.wind, in: environment) }
      do throws(SnapshotError) {
        try arena.restore(bodies[environment], to: environment)
      } catch { throw .foreignSnapshot(error.description) }
      randoms[environment] = world.random
      phases[environment] = world.phase
      episodes[environment].stepCount = world.stepCount
      episodes[environment].memory = world.memory
      episodes[environment].obstacles = obstacles
      for (agent, record) in world.agents.enumerated() {
        episodes[environment].states[agent] = bodies[environment][agent]
        restore(record, to: agent, of: environment)
      }
    }
  }

  private mutating func restore(_ record: Snapshot.Agent, to agent: Int, of environment: Int) {
    let row = environment * layout.agentCount + agent
    let (slots, kept) = (commands.count / layout.rowCount, history.count / layout.rowCount)
    isLive[row] = record.isLive
    episodes[environment].isPresent[agent] = record.isLive
    episodes[environment].contactCounts[agent] = record.contactCount
    arena.vary(agent, of: environment, by: record.variation)
    variations[row] = record.variation
    controllers[row] = decoder.freshController()
    controllers[row].memory = record.controller
    for (slot, speeds) in record.commands.enumerated() {
      commands[row * slots + slot] = PerRotor(speeds[0], speeds[1], speeds[2], speeds[3])
    }
    for (index, value) in record.history.enumerated() { history[row * kept + index] = value }
  }

  /// Refuses a snapshot of other shape, or with numbers that are not finite.
  private func checkFits(_ snapshot: Snapshot) throws(GymError) {
    guard snapshot.worlds.count == layout.environmentCount else {
      throw .foreignSnapshot(
        "it has \(snapshot.worlds.count) environments, not \(layout.environmentCount)")
    }
    let (slots, kept) = (commands.count / layout.rowCount, history.count / layout.rowCount)
    let isFitting = snapshot.worlds.allSatisfy { world in
      world.wind.mean.isFinite && world.agents.count == layout.agentCount
        && world.obstacles.count == setup.obstacles.count
        && world.obstacles.allSatisfy { $0.count == 7 && $0.allSatisfy(\.isFinite) }
        && world.agents.allSatisfy { agent in
          agent.history.count == kept
            && agent.commands.count == slots && agent.commands.allSatisfy { $0.count == 4 }
            && agent.variation.delay < slots && agent.variation.delay >= 0
            && agent.commands.joined().allSatisfy(\.isFinite)
        }
    }
    guard isFitting else { throw .foreignSnapshot("its drones or obstacles are others") }
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
