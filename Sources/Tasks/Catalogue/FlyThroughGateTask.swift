package import Control
import Drone
import Geometry
import Parameters
package import Randomness
import SpatialMath

/// Follow a point through a gate.
///
/// | | |
/// | --- | --- |
/// | Observation | position error to the point, rotation matrix, velocity, body rates, last action |
/// | Action | 4 rotor speeds, hover speed ± 20 % |
/// | Reward | −10 d², with the distance d [m] to the point (0, −2 t / T, 0.75) at the time t of T = 5 s |
/// | Start | 0.1125 m above the floor |
/// | Gate | at y = −1 m: posts at x = ± 0.3 m, a lintel at z = 0.55 m |
/// | Terminated | never |
/// | Truncated | after 5 s, or 15 m off |
///
/// The rewards of the environment of that name in J. Panerati et al., "Learning to Fly", IROS 2021,
/// [arXiv:2103.02142](https://arxiv.org/abs/2103.02142).
package struct FlyThroughGateTask: DroneTask {
  package var setup: TaskSetup
  /// How far off an episode is cut off. [m]
  package var bound = 15.0

  /// The task in its usual setup.
  package init() {
    let post = Shape.box(size: Vector(0.05, 0.05, 0.525))
    let lintel = Shape.box(size: Vector(0.8, 0.05, 0.05))
    setup = TaskSetup(
      controlFrequency: 48, timeLimit: 5,
      obstacles: [
        RigidBody(post, at: Pose(position: Vector(-0.3, -1, 0.2625)), friction: 0.5),
        RigidBody(post, at: Pose(position: Vector(0.3, -1, 0.2625)), friction: 0.5),
        RigidBody(lintel, at: Pose(position: Vector(0, -1, 0.55)), friction: 0.5),
      ], randomisation: Randomisation(position: Vector(0.05, 0.05, 0)))
  }

  package var ownObstacleCount: Int { 3 }

  package var contract: TaskContract {
    TaskContract(
      "follow a point through a gate", start: "0.1125 m above the floor",
      reward: "−10 d²; distance d [m] to (0, −2 t / T, 0.75) at the time t of T",
      truncated: "\(bound.words) m off")
  }

  package func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
    start.states[0].position = Vector(0, 0, 0.1125)
    return NoMemory()
  }

  package func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint {
    let speed = -2 / setup.timeLimit
    return Setpoint(position: Vector(0, speed * episode.time, 0.75), velocity: Vector(0, speed, 0))
  }

  package func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double {
    let error = goal(of: agent, in: episode).position - episode.position(of: agent)
    return -10 * error.squaredNorm
  }

  package func isTruncated(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    episode.isOutside(agent, halfWidth: bound, height: bound)
  }
}

extension FlyThroughGateTask {
  static let entry = TaskEntry("fly-through-gate", parameters: .bound) { bound in
    var task = FlyThroughGateTask()
    task.bound = bound
    return task
  }
}
