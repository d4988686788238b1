public import Control
import Drone
public import Randomness
import SpatialMath

/// Drones i and N − 1 − i meet.
///
/// | | |
/// | --- | --- |
/// | Observation | position error, rotation matrix, velocity, body rates, last action, nearest other |
/// | Action | 4 rotor speeds, hover speed ± 20 % |
/// | Reward | −d², with the distance d [m] to the other of the pair |
/// | Start | 0.1125 m above the floor, 0.3 m apart along x and y |
/// | Terminated | never |
/// | Truncated | after 5 s, or 15 m off |
///
/// The rewards of the environment of that name in J. Panerati et al., "Learning to Fly", IROS 2021,
/// [arXiv:2103.02142](https://arxiv.org/abs/2103.02142).
public struct MeetupTask: DroneTask {
  public let agentCount: Int
  public var setup: TaskSetup

  /// The task for some drones in its usual setup.
  public init(agentCount: Int = 2) {
    self.agentCount = agentCount
    setup = .ofPaper
  }

  public var contract: TaskContract {
    TaskContract(
      "drones i and N − 1 − i meet",
      start: "0.1125 m above the floor, 0.3 m apart along x and y",
      reward: "−d²; distance d [m] to the other of the pair",
      truncated: "15 m off")
  }

  public func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
    start.placeOnDiagonal(apart: 0.3)
    return NoMemory()
  }

  public func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint {
    Setpoint(position: episode.position(of: agentCount - 1 - agent))
  }

  public func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double {
    -(goal(of: agent, in: episode).position - episode.position(of: agent)).squaredNorm
  }

  public func isTruncated(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    episode.isOutside(agent, halfWidth: 15, height: 15)
  }
}
