public import Control
import Drone
import Parameters
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
/// | Left | a drone whose episode has ended leaves |
public struct MultiHoverTask: DroneTask {
  public let agentCount: Int
  public var setup: TaskSetup
  /// How far apart drones start along x and y. [m]
  package var spacing = 0.3
  /// How near to its goal an episode has to end. [m]
  package var tolerance = 0.1
  /// How far from its start a drone may go sideways and up. [m]
  package var bound = 2.0

  /// The task for some drones in its usual setup.
  public init(agentCount: Int = 2) {
    self.agentCount = agentCount
    setup = TaskSetup(
      observation: ObservationPart.standard + [.neighbours(1, scale: 3)], endedDrones: .leave,
      randomisation: Randomisation(position: Vector(0.05, 0.05, 0.02)))
  }

  public var contract: TaskContract {
    TaskContract(
      "fly up from the start and stay there, each for itself",
      start: "0.1125 m above the floor, \(spacing.words) m apart along x and y",
      reward: "max(0, 2 − e⁴); own position error e [m]",
      terminated: "touching anything, upside down, \(bound.words) m from the start sideways or up")
  }

  private func place(of agent: Int) -> Vector<World, Double> {
    Vector(spacing * Double(agent), spacing * Double(agent), 0.1125)
  }

  public func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
    for agent in start.states.indices { start.states[agent].position = place(of: agent) }
    return NoMemory()
  }

  public func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint { goal(of: agent) }

  public func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double {
    let e2 = (goal(of: agent, in: episode).position - episode.position(of: agent)).squaredNorm
    return max(0, 2 - e2 * e2)
  }

  public func isTerminated(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    let offset = episode.position(of: agent) - place(of: agent)
    return episode.hasCrashed(agent) || abs(offset.x) > bound || abs(offset.y) > bound
      || offset.z > bound
  }

  public func hasSucceeded(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    hasEnded(agent, within: tolerance, in: episode)
  }
}

extension MultiHoverTask: SteadyGoalTask {
  package func goal(of agent: Int) -> Setpoint {
    Setpoint(position: place(of: agent) + Vector(0, 0, max(0.3, 1 / Double(agent + 1))))
  }
}

extension MultiHoverTask {
  static let entry = TaskEntry(
    "multi-hover", drones: 2, parameters: .spacing, .tolerance,
    .number(
      "bound", "how far from its start a drone may go sideways and up", unit: "m", in: .positive,
      default: 2)
  ) { drones, spacing, tolerance, bound in
    var task = MultiHoverTask(agentCount: drones)
    (task.spacing, task.tolerance, task.bound) = (spacing, tolerance, bound)
    return task
  }
}
