public import Control
import Drone
public import Randomness
import SpatialMath

/// Several drones fly up from their starts and stay there, each for itself.
///
/// | | |
/// | --- | --- |
/// | Observation | position error, rotation matrix, velocity, body rates, last action, nearest other |
/// | Action | 4 rotor speeds, hover speed ± 20 % |
/// | Reward | max(0, 2 − e⁴), with the drone's own position error e [m] |
/// | Start | 0.1125 m above the floor, 0.3 m apart along x and y, each within 0.05 m |
/// | Goal | drone i: 1 / (i + 1) m above its start, but not below 0.3 m |
/// | Terminated | on touching anything, upside down, or 2 m from its start sideways or 2 m up |
/// | Truncated | after 8 s |
public struct MultiHoverTask: DroneTask {
  public let agentCount: Int
  public var setup: TaskSetup

  /// The task for some drones in its usual setup.
  public init(agentCount: Int = 2) {
    self.agentCount = agentCount
    setup = TaskSetup(
      observation: ObservationPart.standard + [.neighbours(1, scale: 3)],
      randomisation: Randomisation(position: Vector(0.05, 0.05, 0.02)))
  }

  public var contract: TaskContract {
    TaskContract(
      "fly up from the start and stay there, each for itself",
      start: "0.1125 m above the floor, 0.3 m apart along x and y",
      reward: "max(0, 2 − e⁴); own position error e [m]",
      terminated: "touching anything, upside down, 2 m from the goal sideways or 2 m up")
  }

  private func place(of agent: Int) -> Vector<World, Double> {
    Vector(0.3 * Double(agent), 0.3 * Double(agent), 0.1125)
  }

  public func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
    for agent in start.states.indices { start.states[agent].position = place(of: agent) }
    return NoMemory()
  }

  public func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint {
    Setpoint(position: place(of: agent) + Vector(0, 0, max(0.3, 1 / Double(agent + 1))))
  }

  public func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double {
    let e2 = (goal(of: agent, in: episode).position - episode.position(of: agent)).squaredNorm
    return max(0, 2 - e2 * e2)
  }

  public func isTerminated(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    let offset = episode.position(of: agent) - place(of: agent)
    return episode.hasCrashed(agent) || abs(offset.x) > 2 || abs(offset.y) > 2 || offset.z > 2
  }
}
