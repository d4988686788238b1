public import Control
import Drone
public import Randomness
import SpatialMath

/// One drone flies to a point, the others to its height.
///
/// | | |
/// | --- | --- |
/// | Observation | position error, rotation matrix, velocity, body rates, last action, nearest other |
/// | Action | 4 rotor speeds, hover speed ± 20 % |
/// | Reward | leader: −e², with the distance e [m] to (0, 0, 0.5); others: −(zₗ − z)² / N |
/// | Start | 0.1125 m above the floor, 0.3 m apart along x and y |
/// | Terminated | never |
/// | Truncated | after 5 s, or 15 m off |
///
/// The rewards of the environment of that name in J. Panerati et al., "Learning to Fly", IROS 2021,
/// [arXiv:2103.02142](https://arxiv.org/abs/2103.02142). Where the leader has left, its last height
/// counts.
public struct LeaderFollowerTask: DroneTask {
  public let agentCount: Int
  public var setup: TaskSetup

  /// The task for a leader and its followers in its usual setup.
  public init(agentCount: Int = 2) {
    self.agentCount = agentCount
    setup = .ofPaper
  }

  public var contract: TaskContract {
    TaskContract(
      "one drone flies to a point, the others to its height",
      start: "0.1125 m above the floor, 0.3 m apart along x and y",
      reward: "leader: −e², distance e [m] to (0, 0, 0.5); others: −(zₗ − z)² / N",
      truncated: "15 m off")
  }

  public func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
    start.placeOnDiagonal(apart: 0.3)
    return NoMemory()
  }

  public func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint {
    guard agent > 0 else { return Setpoint(position: Vector(0, 0, 0.5)) }
    let own = episode.position(of: agent)
    return Setpoint(position: Vector(own.x, own.y, episode.position(of: 0).z))
  }

  public func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double {
    let error = goal(of: agent, in: episode).position - episode.position(of: agent)
    return agent == 0 ? -error.squaredNorm : -error.z * error.z / Double(agentCount)
  }

  public func isTruncated(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    episode.isOutside(agent, halfWidth: 15, height: 15)
  }
}

extension TaskSetup {
  /// What the tasks for several drones of "Learning to Fly" have in common.
  static var ofPaper: TaskSetup {
    TaskSetup(
      controlFrequency: 48, timeLimit: 5,
      observation: ObservationPart.standard + [.neighbours(1, scale: 3)],
      randomisation: Randomisation(position: Vector(0.05, 0.05, 0.02)))
  }
}

extension EpisodeStart {
  /// Places drones 0.1125 m above the floor on the diagonal of x and y. [m]
  mutating func placeOnDiagonal(apart distance: Double) {
    for agent in states.indices {
      let place = distance * Double(agent)
      states[agent].position = Vector(place, place, 0.1125)
    }
  }
}
