import Drone
import Geometry
import Simulation
import SpatialMath
import Workers

/// The worlds of a batch: all that a ``TaskEnvironment`` needs of the simulation.
///
/// A class, so that a snapshot can be taken of an environment that does not change.
final class Arena {
  private var batch: WorldBatch
  private let nominal: DroneParameters<Double>
  private let stepsPerAction: Int
  private let agentCount: Int

  /// As many worlds as asked for, all alike.
  init(_ setup: TaskSetup, agentCount: Int, count: Int, pool: WorkerPool) throws(TaskError) {
    nominal = DroneParameters(setup.model, rotorPlacement: setup.physics.rotorPlacement)
    stepsPerAction = setup.stepsPerAction
    self.agentCount = agentCount
    let world = WorldDescription(
      models: Array(repeating: setup.model, count: agentCount),
      states: Array(repeating: DroneState(), count: agentCount), floor: setup.floor,
      obstacles: setup.obstacles, wind: setup.wind)
    do throws(SimulationError) {
      batch = try WorldBatch(
        worlds: Array(repeating: world, count: count), physics: setup.physics,
        frequency: Double(setup.physicsFrequency), pool: pool)
    } catch { throw TaskError(error.description) }
  }

  /// Begins anew in a world.
  func reset(_ world: Int, to start: EpisodeStart) throws(SimulationError) {
    batch.reset(world: world, states: start.states)
    try placeObstacles(of: world, at: start.obstacles)
  }

  /// Puts the obstacles of a world somewhere else.
  func placeObstacles(of world: Int, at poses: [Pose<Double>]) throws(SimulationError) {
    try batch.withWorld(world) { (world, simulator) throws(SimulationError) in
      for (index, pose) in poses.enumerated() {
        try simulator.placeObstacle(index, ofWorld: world, at: pose)
      }
    }
  }

  /// Begins the wind of an episode.
  func blow(_ wind: EpisodeWind, in world: Int) {
    batch.withWorld(world) { world, simulator in
      let mean = Vector<World, Double>(wind.mean.x, wind.mean.y, wind.mean.z)
      simulator.restartWind(ofWorld: world, mean: mean, seed: wind.seed)
    }
  }

  /// Gives a drone the numbers that it has in an episode.
  func vary(_ agent: Int, of world: Int, by variation: Variation) {
    let parameters = variation.applied(to: nominal)
    batch.withWorld(world) { world, simulator in
      do throws(SimulationError) {
        try simulator.setParameters(parameters, of: world * agentCount + agent)
      } catch { preconditionFailure("a drone of a checked setup: \(error.description)") }
    }
  }

  /// Tells a drone's rotors which speeds to take. [rpm]
  func command(_ agent: Int, of world: Int, rotorSpeeds: PerRotor<Double>) {
    batch.command(world * agentCount + agent, rotorSpeeds: rotorSpeeds)
  }

  /// Advances all worlds by the time of an action.
  func advance() { batch.advance(steps: stepsPerAction) }

  /// Copies what a world's drones do, unless some number is not finite: then they go back to where
  /// they were last seen.
  ///
  /// - Returns: What went wrong, nothing as a rule.
  func read<Memory>(_ world: Int, into episode: inout Episode<Memory>) -> StepFaults {
    let faults = batch.faults(ofWorld: world)
    guard faults.isEmpty else {
      batch.reset(world: world, states: episode.states)
      return faults
    }
    batch.withWorld(world) { world, simulator in
      for agent in 0..<agentCount {
        let drone = world * agentCount + agent
        episode.states[agent] = simulator.swarm[drone]
        episode.contactCounts[agent] = simulator.mostContacts(of: drone)
      }
    }
    return []
  }

  /// What the next step of a world needs to know.
  func snapshot(of world: Int) -> WorldSnapshot { batch.snapshot(ofWorld: world) }

  /// Puts a world back to where it was.
  func restore(_ snapshot: WorldSnapshot, to world: Int) throws(SnapshotError) {
    try batch.restore(snapshot, toWorld: world)
  }
}
