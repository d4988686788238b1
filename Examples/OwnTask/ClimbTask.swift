import Swiftlet

/// Climb as fast as there is time for, straight up.
struct ClimbTask: DroneTask {
  var setup = TaskSetup(timeLimit: 4, randomisation: Randomisation(mass: 0.9...1.1, tilt: 0.1))

  var contract: TaskContract {
    TaskContract(
      "climb straight up", start: "0.5 to 1 m up, tilted by up to 0.1 rad",
      reward: "climb rate [m/s], less the squared distance from the axis [m²]",
      terminated: "touching anything, or upside down")
  }

  func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
    start.states[0].position.z = random.uniform(in: 0.5...1)
    return NoMemory()
  }

  func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint {
    Setpoint(position: Vector(0, 0, episode.position(of: agent).z + 0.5))
  }

  func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double {
    let (p, v) = (episode.position(of: agent), episode.state(of: agent).velocity)
    return v.z - (p.x * p.x + p.y * p.y)
  }

  func isTerminated(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    episode.hasCrashed(agent)
  }
}
