import Bullet
import Drone
import Simulation
import SpatialMath

/// The worlds of a batch: all that a ``TaskEnvironment`` needs of the simulation.
struct Arena {
  /// A world; a class, since arrays take no values that cannot be copied.
  private final class World {
    var simulator: Simulator
    /// How many points of each drone touched something at once in the last action. [–]
    var contactCounts: [Int]

    init(_ simulator: consuming Simulator) {
      contactCounts = Array(repeating: 0, count: simulator.droneCount)
      self.simulator = simulator
    }

    func advance(steps: Int) -> StepFaults {
      for agent in contactCounts.indices { contactCounts[agent] = 0 }
      for _ in 0..<steps {
        let faults = simulator.advance()
        guard faults.isEmpty else { return faults }
        for agent in contactCounts.indices {
          contactCounts[agent] = max(contactCounts[agent], simulator.contactCount(of: agent))
        }
      }
      return []
    }
  }

  private let worlds: [World]
  private let nominal: DroneParameters<Double>
  private let stepsPerAction: Int
  private let agentCount: Int

  /// As many worlds as asked for, all alike.
  init(_ setup: TaskSetup, agentCount: Int, count: Int) throws(TaskError) {
    nominal = DroneParameters(setup.model, rotorPlacement: setup.physics.rotorPlacement)
    stepsPerAction = setup.stepsPerAction
    self.agentCount = agentCount
    var worlds: [World] = []
    worlds.reserveCapacity(count)
    for _ in 0..<count {
      do throws(SimulationError) {
        worlds.append(World(try Self.simulator(setup, agentCount: agentCount)))
      } catch { throw TaskError(error.description) }
    }
    self.worlds = worlds
  }

  private static func simulator(
    _ setup: TaskSetup, agentCount: Int
  ) throws(SimulationError) -> Simulator {
    try Simulator(
      models: Array(repeating: setup.model, count: agentCount),
      states: Array(repeating: DroneState(), count: agentCount), physics: setup.physics,
      frequency: Double(setup.physicsFrequency), floor: setup.floor, obstacles: setup.obstacles)
  }

  /// Begins anew in a world.
  func reset(_ world: Int, to start: EpisodeStart) throws(SimulationError) {
    for agent in start.states.indices {
      worlds[world].simulator[memoryOf: agent] = DroneMemory(start: start.states[agent])
    }
    try placeObstacles(of: world, at: start.obstacles)
  }

  /// Puts the obstacles of a world somewhere else.
  func placeObstacles(of world: Int, at poses: [Pose<Double>]) throws(SimulationError) {
    for (index, pose) in poses.enumerated() {
      try worlds[world].simulator.placeObstacle(index, at: pose)
    }
  }

  /// Gives a drone the numbers that it has in an episode.
  func vary(_ agent: Int, of world: Int, by variation: Variation) {
    worlds[world].simulator.setParameters(variation.applied(to: nominal), of: agent)
  }

  /// Tells a drone's rotors which speeds to take. [rpm]
  func command(_ agent: Int, of world: Int, rotorSpeeds: PerRotor<Double>) {
    worlds[world].simulator.command(agent, rotorSpeeds: rotorSpeeds)
  }

  /// Advances some of the worlds by the time of an action.
  ///
  /// - Parameters:
  ///   - isPlaying: Which worlds.
  ///   - faults: What went wrong in each of them; overwritten.
  func advance(where isPlaying: [Bool], faults: inout [StepFaults]) {
    for world in worlds.indices where isPlaying[world] {
      faults[world] = worlds[world].advance(steps: stepsPerAction)
    }
  }

  /// Copies what a world's drones do.
  func read<Memory>(_ world: Int, into episode: inout Episode<Memory>) {
    for agent in 0..<agentCount {
      episode.states[agent] = worlds[world].simulator.swarm[agent]
      episode.contactCounts[agent] = worlds[world].contactCounts[agent]
    }
  }

  /// How far a drone sees in one of the directions that divide the level around it evenly, the first
  /// being ahead and the others following counterclockwise. [m]
  func range(
    _ index: Int, of count: Int, from state: DroneState<Double>, reach: Double, in world: Int
  ) -> Double {
    let yaw = RollPitchYaw(state.attitude).yaw
    let (sine, cosine) = (yaw + 2 * .pi * Double(index) / Double(count)).sineAndCosine()
    let ray = Ray(from: state.position, along: Vector(cosine, sine, 0), range: reach)
    return min(reach, worlds[world].simulator.distance(along: ray))
  }

  /// What the future of a drone depends on, as plain numbers.
  func numbers(of agent: Int, in world: Int) -> [Double] {
    worlds[world].simulator[memoryOf: agent].numbers
  }

  /// Takes over what ``numbers(of:in:)`` gave.
  func restore(_ numbers: [Double], of agent: Int, in world: Int) {
    worlds[world].simulator[memoryOf: agent] = DroneMemory(numbers: numbers)
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
