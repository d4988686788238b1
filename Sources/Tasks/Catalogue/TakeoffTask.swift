package import Control
import Drone
import Parameters
package import Randomness
import SpatialMath

/// Rise from the floor.
///
/// | | |
/// | --- | --- |
/// | Observation | position error, rotation matrix, velocity, body rates, last action: 22 numbers |
/// | Action | 4 rotor speeds, hover speed ± 20 % |
/// | Reward | −5 below 0.02 m, else −1 / (10 z), with the height z [m] |
/// | Start | on the floor, rotors at rest |
/// | Terminated | never: the floor is where it begins |
/// | Truncated | after 5 s, or 15 m off |
///
/// The rewards of the environment of that name in J. Panerati et al., "Learning to Fly", IROS 2021,
/// [arXiv:2103.02142](https://arxiv.org/abs/2103.02142).
package struct TakeoffTask: DroneTask {
  package var setup: TaskSetup
  /// How high a drone has to get. [m]
  package var height = 0.3
  /// How far off an episode is cut off. [m]
  package var bound = 15.0

  /// The task in its usual setup.
  package init() { setup = TaskSetup(controlFrequency: 48, timeLimit: 5) }

  package var contract: TaskContract {
    TaskContract(
      "rise from the floor", start: "on the floor, rotors at rest",
      reward: "−5 below 0.02 m, else −1 / (10 z); height z [m]", truncated: "\(bound.words) m off")
  }

  package func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
    start.states[0].position = Vector(
      random.uniform(in: -0.1...0.1), random.uniform(in: -0.1...0.1), 0.0126)
    start.states[0].rotorSpeeds = PerRotor(repeating: 0)
    return NoMemory()
  }

  package func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint {
    let p = episode.position(of: agent)
    return Setpoint(position: Vector(p.x, p.y, max(p.z, 0) + 1))
  }

  package func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double {
    let z = episode.position(of: agent).z
    return z < 0.02 ? -5 : -1 / (10 * z)
  }

  package func isTruncated(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    episode.isOutside(agent, halfWidth: bound, height: bound)
  }

  package func hasSucceeded(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    episode.position(of: agent).z > height
  }
}

extension TakeoffTask {
  static let entry = TaskEntry(
    "takeoff",
    parameters: .number(
      "height", "how high a drone has to get", unit: "m", in: .positive, default: 0.3), .bound
  ) { height, bound in
    var task = TakeoffTask()
    (task.height, task.bound) = (height, bound)
    return task
  }
}
