import Control
import Drone
import Geometry
import Gym
import Randomness
import Simulation
import SpatialMath

extension TaskWorlds {
  /// Begins an episode.
  mutating func begin(_ world: Int) {
    episodes[world].restart(task, setup: rules.setup, using: &randoms[world])
    simulator.reset(world: world, states: episodes[world].states)
    do throws(SimulationError) {
      try placeObstacles(of: world, at: episodes[world].obstacles)
    } catch {
      preconditionFailure("an episode begins with obstacles that can be: \(error.description)")
    }
    phases[world] = .running
    for row in rows(of: world) { prepare(row, of: world) }
    if rules.setup.hasWindByEpisode {
      winds[world] = EpisodeWind(rules.setup, using: &randoms[world])
      blow(in: world)
    }
  }

  private mutating func prepare(_ row: Int, of world: Int) {
    isLive[row] = true
    isShown[row] = true
    vary(row, by: Variation(rules.setup.randomisation, using: &randoms[world]))
    self[memoryOf: row] = LoopMemory()
    let speeds = episodes[world].states[row - world * rules.agentCount].rotorSpeeds
    for slot in row * rules.commandsKept..<(row + 1) * rules.commandsKept {
      commands[slot] = speeds
    }
    for index in row * rules.actionsKept..<(row + 1) * rules.actionsKept { history[index] = 0 }
  }

  /// Gives a drone the numbers that it has in an episode.
  mutating func vary(_ row: Int, by variation: Variation) {
    guard variation != variations[row] else { return }
    variations[row] = variation
    do throws(SimulationError) {
      try simulator.setParameters(variation.applied(to: rules.nominal), of: row)
    } catch { preconditionFailure("a drone of a checked setup: \(error.description)") }
  }

  /// Begins the wind of an episode.
  mutating func blow(in world: Int) {
    let wind = winds[world]
    let mean = Vector<World, Double>(wind.mean.x, wind.mean.y, wind.mean.z)
    simulator.restartWind(ofWorld: world, mean: mean, seed: wind.seed)
  }

  /// Puts the obstacles of a world somewhere else.
  mutating func placeObstacles(
    of world: Int, at poses: [Pose<Double>]
  ) throws(SimulationError) {
    for (index, pose) in poses.enumerated() {
      try simulator.placeObstacle(index, ofWorld: world, at: pose)
    }
  }
}
