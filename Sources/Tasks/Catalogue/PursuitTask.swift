import Control
import Drone
public import Randomness
import SpatialMath

/// Several drones that leave the floor together, each after a point that the others may move.
///
/// The tasks for swarms of J. Panerati et al., "Learning to Fly", IROS 2021,
/// [arXiv:2103.02142](https://arxiv.org/abs/2103.02142), have this in common.
///
/// | | |
/// | --- | --- |
/// | Observation | position error, rotation matrix, velocity, body rates, last action, nearest other |
/// | Action | 4 rotor speeds, hover speed ± 20 % |
/// | Reward | −d², with the distance d [m] to the goal, times the drone's weight |
/// | Start | 0.1125 m above the floor, 0.3 m apart along x and y |
/// | Terminated | never |
/// | Truncated | after 5 s, or 15 m off |
///
/// Where a drone has left, its last place counts for those who follow it.
public protocol PursuitTask: DroneTask where Memory == NoMemory {
  /// By how much a drone's squared distance to its goal counts. [–]
  func weight(of agent: Int) -> Double
}

extension PursuitTask {
  public func weight(of agent: Int) -> Double { 1 }

  public func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
    for agent in start.states.indices {
      let place = 0.3 * Double(agent)
      start.states[agent].position = Vector(place, place, 0.1125)
    }
    return NoMemory()
  }

  public func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double {
    let error = goal(of: agent, in: episode).position - episode.position(of: agent)
    return -weight(of: agent) * error.squaredNorm
  }

  public func isTruncated(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    episode.isOutside(agent, halfWidth: 15, height: 15)
  }

  /// Straight above or below a drone, at the height of another.
  func level(of agent: Int, with other: Int, in episode: Episode<NoMemory>) -> Setpoint {
    let own = episode.position(of: agent)
    return Setpoint(position: Vector(own.x, own.y, episode.position(of: other).z))
  }
}

extension TaskSetup {
  /// What surrounds drones in pursuit.
  static var pursuit: TaskSetup {
    TaskSetup(
      controlFrequency: 48, timeLimit: 5,
      observation: ObservationPart.standard + [.neighbours(1, scale: 3)],
      randomisation: Randomisation(position: Vector(0.05, 0.05, 0.02)))
  }
}

extension TaskContract {
  /// The words on drones in pursuit.
  static func pursuit(_ summary: String, reward: String) -> TaskContract {
    TaskContract(
      summary, start: "0.1125 m above the floor, 0.3 m apart along x and y", reward: reward,
      truncated: "15 m off")
  }
}
