public import Control
import Drone
public import Randomness
import SpatialMath

/// The first drone flies to a point, each of the others to the height of the one before it.
///
/// | | |
/// | --- | --- |
/// | Observation | position error, rotation matrix, velocity, body rates, last action, nearest other |
/// | Action | 4 rotor speeds, hover speed ± 20 % |
/// | Reward | first: −e², with the distance e [m] to (0, 0, 1); others: −(zᵢ₋₁ − zᵢ)² |
/// | Start | 0.1125 m above the floor, 0.3 m apart along x and y |
/// | Terminated | never |
/// | Truncated | after 5 s, or 15 m off |
///
/// The rewards of the environment of that name in J. Panerati et al., "Learning to Fly", IROS 2021,
/// [arXiv:2103.02142](https://arxiv.org/abs/2103.02142).
public struct FlockTask: DroneTask {
  public let agentCount: Int
  public var setup: TaskSetup

  /// The task for some drones in its usual setup.
  public init(agentCount: Int = 2) {
    self.agentCount = agentCount
    setup = .ofPaper
  }

  public var contract: TaskContract {
    TaskContract(
      "the first flies to a point, the others to the height of the one before",
      start: "0.1125 m above the floor, 0.3 m apart along x and y",
      reward: "first: −e², distance e [m] to (0, 0, 1); others: −(zᵢ₋₁ − zᵢ)²",
      truncated: "15 m off")
  }

  public func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
    start.placeOnDiagonal(apart: 0.3)
    return NoMemory()
  }

  public func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint {
    guard agent > 0 else { return Setpoint(position: Vector(0, 0, 1)) }
    let own = episode.position(of: agent)
    return Setpoint(position: Vector(own.x, own.y, episode.position(of: agent - 1).z))
  }

  public func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double {
    let error = goal(of: agent, in: episode).position - episode.position(of: agent)
    return agent == 0 ? -error.squaredNorm : -error.z * error.z
  }

  public func isTruncated(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    episode.isOutside(agent, halfWidth: 15, height: 15)
  }
}
