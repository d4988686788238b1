import Bullet
import Drone
import Simulation
import SpatialMath

/// The worlds of a batch: all that a ``TaskEnvironment`` needs of the simulation.
///
/// Worlds stand in blocks of about 64 drones that are stepped together and fit the fastest cache. Each
/// has the bits that it would have alone.
struct Arena {
  private let blocks: [Block]
  private let worldsPerBlock: Int
  private let nominal: DroneParameters<Double>
  private let stepsPerAction: Int
  private let agentCount: Int

  private static let dronesPerBlock = 64

  /// As many worlds as asked for, all alike.
  init(_ setup: TaskSetup, agentCount: Int, count: Int) throws(TaskError) {
    nominal = DroneParameters(setup.model, rotorPlacement: setup.physics.rotorPlacement)
    stepsPerAction = setup.stepsPerAction
    self.agentCount = agentCount
    worldsPerBlock = max(1, Self.dronesPerBlock / agentCount)
    var blocks: [Block] = []
    for first in stride(from: 0, to: count, by: worldsPerBlock) {
      let worlds = first..<min(count, first + worldsPerBlock)
      do throws(SimulationError) {
        let simulator = try Self.simulator(setup, agentCount: agentCount, count: worlds.count)
        blocks.append(Block(worlds: worlds, simulator: simulator))
      } catch { throw TaskError(error.description) }
    }
    self.blocks = blocks
  }

  private static func simulator(
    _ setup: TaskSetup, agentCount: Int, count: Int
  ) throws(SimulationError) -> Simulator {
    let world = WorldDescription(
      models: Array(repeating: setup.model, count: agentCount),
      states: Array(repeating: DroneState(), count: agentCount), floor: setup.floor,
      obstacles: setup.obstacles)
    return try Simulator(
      worlds: Array(repeating: world, count: count), physics: setup.physics,
      frequency: Double(setup.physicsFrequency))
  }

  /// The block of a world, and the world's place in it.
  private func place(of world: Int) -> (block: Block, world: Int) {
    let block = blocks[world / worldsPerBlock]
    return (block, world - block.worlds.lowerBound)
  }

  /// The block of a drone, and the drone's place in it.
  private func place(of agent: Int, in world: Int) -> (block: Block, drone: Int) {
    let (block, local) = place(of: world)
    return (block, local * agentCount + agent)
  }

  /// Begins anew in a world.
  func reset(_ world: Int, to start: EpisodeStart) throws(SimulationError) {
    for agent in start.states.indices {
      let (block, drone) = place(of: agent, in: world)
      block.simulator[memoryOf: drone] = DroneMemory(start: start.states[agent])
    }
    try placeObstacles(of: world, at: start.obstacles)
  }

  /// Puts the obstacles of a world somewhere else.
  func placeObstacles(of world: Int, at poses: [Pose<Double>]) throws(SimulationError) {
    let (block, local) = place(of: world)
    for (index, pose) in poses.enumerated() {
      try block.simulator.placeObstacle(index, ofWorld: local, at: pose)
    }
  }

  /// Gives a drone the numbers that it has in an episode.
  func vary(_ agent: Int, of world: Int, by variation: Variation) {
    let (block, drone) = place(of: agent, in: world)
    block.simulator.setParameters(variation.applied(to: nominal), of: drone)
  }

  /// Tells a drone's rotors which speeds to take. [rpm]
  func command(_ agent: Int, of world: Int, rotorSpeeds: PerRotor<Double>) {
    let (block, drone) = place(of: agent, in: world)
    block.simulator.command(drone, rotorSpeeds: rotorSpeeds)
  }

  /// Advances some of the worlds by the time of an action.
  ///
  /// - Parameters:
  ///   - isPlaying: Which worlds.
  ///   - faults: What went wrong in each of them; overwritten.
  func advance(where isPlaying: [Bool], faults: inout [StepFaults]) {
    for block in blocks { block.advance(steps: stepsPerAction, where: isPlaying, faults: &faults) }
  }

  /// Copies what a world's drones do.
  func read<Memory>(_ world: Int, into episode: inout Episode<Memory>) {
    for agent in 0..<agentCount {
      let (block, drone) = place(of: agent, in: world)
      episode.states[agent] = block.simulator.swarm[drone]
      episode.contactCounts[agent] = block.contactCounts[drone]
    }
  }

  /// How far a drone sees in one of the directions that divide the level around it evenly, the first
  /// being ahead and the others following counterclockwise. [m]
  func range(
    _ index: Int, of count: Int, from state: DroneState<Double>, reach: Double, in world: Int
  ) -> Double {
    let yaw = RollPitchYaw(state.attitude).yaw
    let (sine, cosine) = (yaw + 2 * .pi * Double(index) / Double(count)).sineAndCosine()
    let (block, local) = place(of: world)
    let ray = Ray(
      from: state.position, along: Vector(cosine, sine, 0), range: reach, room: local)
    return min(reach, block.simulator.distance(along: ray))
  }

  /// What the future of a drone depends on, as plain numbers.
  func numbers(of agent: Int, in world: Int) -> [Double] {
    let (block, drone) = place(of: agent, in: world)
    return block.simulator[memoryOf: drone].numbers
  }

  /// Takes over what ``numbers(of:in:)`` gave.
  func restore(_ numbers: [Double], of agent: Int, in world: Int) {
    let (block, drone) = place(of: agent, in: world)
    block.simulator[memoryOf: drone] = DroneMemory(numbers: numbers)
  }
}

/// Worlds that are stepped together; a class, since arrays take no values that cannot be copied.
private final class Block {
  let worlds: Range<Int>
  var simulator: Simulator
  /// How many points of each drone touched something at once in the last action. [–]
  private(set) var contactCounts: [Int]
  /// What worlds that do not play were before a step, to be put back after it.
  private var paused: [(drone: Int, memory: DroneMemory)] = []

  init(worlds: Range<Int>, simulator: consuming Simulator) {
    self.worlds = worlds
    contactCounts = Array(repeating: 0, count: simulator.droneCount)
    self.simulator = simulator
    paused.reserveCapacity(contactCounts.count)
  }

  /// Advances the worlds that play; the others stay as they are.
  func advance(steps: Int, where isPlaying: [Bool], faults: inout [StepFaults]) {
    paused.removeAll(keepingCapacity: true)
    var plays = false
    for world in worlds {
      if isPlaying[world] { plays = true } else { pause(world - worlds.lowerBound) }
    }
    guard plays else { return }
    for drone in contactCounts.indices { contactCounts[drone] = 0 }
    for _ in 0..<steps {
      simulator.advance()
      for drone in contactCounts.indices {
        contactCounts[drone] = max(contactCounts[drone], simulator.contactCount(of: drone))
      }
    }
    for (drone, memory) in paused { simulator[memoryOf: drone] = memory }
    for world in worlds where isPlaying[world] {
      faults[world] = simulator.faults(ofWorld: world - worlds.lowerBound)
    }
  }

  private func pause(_ world: Int) {
    for drone in simulator.swarm.drones(ofWorld: world) {
      paused.append((drone, simulator[memoryOf: drone]))
    }
  }
}

extension DroneMemory {
  /// How many numbers it has.
  static let numberCount = 31

  /// All of it in a row.
  var numbers: [Double] {
    let (p, q, v, w) = (state.position, state.attitude, state.velocity, state.bodyRates)
    let (a, b, c) = (linkFrame.xRow, linkFrame.yRow, linkFrame.zRow)
    return [p.x, p.y, p.z, q.x, q.y, q.z, q.w, v.x, v.y, v.z, w.x, w.y, w.z]
      + state.rotorSpeeds.array + [a.x, a.y, a.z, b.x, b.y, b.z, c.x, c.y, c.z] + command.array
      + [Double(contactCount)]
  }

  /// What ``numbers`` were made of.
  init(numbers n: [Double]) {
    func vector<F: Frame>(_ start: Int) -> Vector<F, Double> {
      Vector(n[start], n[start + 1], n[start + 2])
    }
    self.init(
      start: DroneState(
        position: vector(0), attitude: Rotation(x: n[3], y: n[4], z: n[5], w: n[6]),
        velocity: vector(7), bodyRates: vector(10),
        rotorSpeeds: PerRotor(n[13], n[14], n[15], n[16])))
    linkFrame = RotationMatrix(xRow: vector(17), yRow: vector(20), zRow: vector(23))
    command = PerRotor(n[26], n[27], n[28], n[29])
    contactCount = Int(n[30])
  }
}
