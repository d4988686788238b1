import Control
import Drone
import Geometry
import Gym
import Randomness
import Simulation
import SpatialMath

extension TaskEngine {
  /// Brings ``start`` to the origin, for a task to change.
  mutating func prepareStart() {
    let turning = PerRotor(repeating: rules.startSpeed)
    for agent in start.states.indices { start.states[agent] = DroneState(rotorSpeeds: turning) }
    for index in start.obstacles.indices {
      start.obstacles[index] = rules.obstaclePoses[index]
    }
  }

  /// Begins an episode where a task has put drones and obstacles.
  mutating func begin(_ world: Int) {
    start.scatter(by: rules, using: &randoms[world])
    for (agent, row) in rows(of: world).enumerated() {
      vary(row, by: Variation(rules.randomisation, using: &randoms[world]))
      guard rules.randomisation.drawsAirframes else { continue }
      start.states[agent].rotorSpeeds = PerRotor(repeating: hoverSpeed(of: row))
    }
    put(world)
    do throws(SimulationError) {
      try placeObstacles(of: world, at: start.obstacles)
    } catch {
      preconditionFailure("an episode begins with obstacles that can be: \(error.description)")
    }
    phases[world] = .running
    for (agent, row) in rows(of: world).enumerated() {
      records.statuses[row] = .active
      actions.begin(row, at: start.states[agent].rotorSpeeds)
      felt.begin(row)
    }
    if rules.hasWindByEpisode {
      winds[world] = EpisodeWind(rules, using: &randoms[world])
      restartWind(in: world)
    }
  }

  /// Puts the drones of a world where its episode begins.
  mutating func put(_ world: Int) {
    simulator.reset(world: world, states: start.states)
    for row in rows(of: world) {
      let (group, lane) = DroneLanes.place(of: row)
      records.statesBefore[group][lane: lane] = simulator.swarm[row]
      records.contactCounts[row] = 0
    }
    for (index, pose) in start.obstacles.enumerated() { records.obstacles[world][index] = pose }
    followObstacles(of: world)
    records.stepCounts[world] = 0
  }

  /// Takes over where the obstacles of a world are that move.
  mutating func followObstacles(of world: Int) {
    for index in rules.movingObstacles {
      guard let motion = simulator.motion(ofObstacle: index, inWorld: world) else { continue }
      records.obstacles[world][index] = motion.pose
    }
  }

  /// Gives a drone the numbers that it has in an episode.
  mutating func vary(_ row: Int, by variation: Variation) {
    guard variation != variations[row] else { return }
    variations[row] = variation
    do throws(SimulationError) {
      try simulator.setParameters(rules.parameters(of: variation), of: row)
    } catch { preconditionFailure("a drone of a checked setup: \(error.description)") }
  }

  /// The rotor speed at which the airframe of a row hovers. [rpm]
  private func hoverSpeed(of row: Int) -> Double {
    variations[row].airframe(insteadOf: rules.setup.model)
      .hoverRotorSpeed(gravity: rules.setup.physics.gravity)
  }

  /// Begins the wind and the noise of an episode.
  mutating func restartWind(in world: Int) {
    let wind = winds[world]
    simulator.restartWind(ofWorld: world, mean: wind.velocity, seed: wind.seed)
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

extension EpisodeStart {
  /// Checks where a task has put drones and obstacles, and moves drones off by what is random.
  mutating func scatter(by rules: TaskRules, using random: inout SplitMix64) {
    let obstacleCount = rules.obstaclePoses.count
    precondition(
      states.count == rules.agentCount && obstacles.count == obstacleCount,
      "an episode begins with \(rules.agentCount) drones and \(obstacleCount) obstacles")
    // Not by a key path, which is made anew each time.
    precondition(
      states.allSatisfy { $0.isFinite }, "an episode begins with numbers that are finite")
    for agent in states.indices {
      rules.randomisation.scatter(&states[agent], using: &random)
    }
  }
}
