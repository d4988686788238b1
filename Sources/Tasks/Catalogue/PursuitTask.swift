package import Control
import Drone
import Parameters
package import Randomness
import SpatialMath

/// Several drones that leave the floor together, each after a point that the others may move.
///
/// | | |
/// | --- | --- |
/// | Observation | position error, rotation matrix, velocity, body rates, last action, nearest other |
/// | Action | 4 rotor speeds, hover speed ± 20 % |
/// | Reward | −d², with the distance d [m] to the goal; ``Goals`` says what that is |
/// | Start | 0.1125 m above the floor, 0.3 m apart along x and y |
/// | Terminated | never |
/// | Truncated | after 5 s, or 15 m off |
///
/// Where a drone has left, its last place counts for those that follow it.
///
/// The tasks for swarms of J. Panerati et al., "Learning to Fly", IROS 2021,
/// [arXiv:2103.02142](https://arxiv.org/abs/2103.02142).
package struct PursuitTask: DroneTask {
  /// Where drones should be.
  package enum Goals: Sendable {
    /// The first at (0, 0, 0.5), the others straight above or below themselves at its height, for a
    /// reward of −d² / N.
    case leaderFollower
    /// The first at (0, 0, 1), each of the others straight above or below itself at the height of the
    /// one before it.
    case flock
    /// Drones i and N − 1 − i at each other's place.
    case meetup
  }

  package let goals: Goals
  package let agentCount: Int
  /// How far apart drones start along x and y. [m]
  package var spacing = 0.3
  /// How far off an episode is cut off. [m]
  package var bound = 15.0
  package var setup = TaskSetup(
    controlFrequency: 48, timeLimit: 5,
    observation: ObservationPart.standard + [.neighbours(1, scale: 3)],
    randomisation: Randomisation(position: Vector(0.05, 0.05, 0.02)))

  /// The task for some drones in its usual setup.
  package init(_ goals: Goals, agentCount: Int = 2) {
    (self.goals, self.agentCount) = (goals, agentCount)
  }

  package var contract: TaskContract {
    let (summary, reward) =
      switch goals {
      case .leaderFollower:
        (
          "one drone flies to a point, the others to its height",
          "leader: −e², distance e [m] to (0, 0, 0.5); others: −(zₗ − z)² / N"
        )
      case .flock:
        (
          "the first flies to a point, the others to the height of the one before",
          "first: −e², distance e [m] to (0, 0, 1); others: −(zᵢ₋₁ − zᵢ)²"
        )
      case .meetup:
        ("drones i and N − 1 − i meet", "−d²; distance d [m] to the other of the pair")
      }
    return TaskContract(
      summary, start: "0.1125 m above the floor, \(spacing.words) m apart along x and y",
      reward: reward,
      truncated: "\(bound.words) m off")
  }

  package func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
    for agent in start.states.indices {
      let place = spacing * Double(agent)
      start.states[agent].position = Vector(place, place, 0.1125)
    }
    return NoMemory()
  }

  package func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint {
    switch goals {
    case .leaderFollower:
      agent == 0
        ? Setpoint(position: Vector(0, 0, 0.5)) : level(of: agent, with: 0, in: episode)
    case .flock:
      agent == 0
        ? Setpoint(position: Vector(0, 0, 1)) : level(of: agent, with: agent - 1, in: episode)
    case .meetup: Setpoint(position: episode.position(of: agentCount - 1 - agent))
    }
  }

  /// Straight above or below a drone, at the height of another.
  private func level(of agent: Int, with other: Int, in episode: Episode<NoMemory>) -> Setpoint {
    let own = episode.position(of: agent)
    return Setpoint(position: Vector(own.x, own.y, episode.position(of: other).z))
  }

  package func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double {
    let error = goal(of: agent, in: episode).position - episode.position(of: agent)
    let weight = goals == .leaderFollower && agent > 0 ? 1 / Double(agentCount) : 1
    return -weight * error.squaredNorm
  }

  package func isTruncated(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    episode.isOutside(agent, halfWidth: bound, height: bound)
  }
}

extension PursuitTask {
  /// The task with goals of some kind.
  static func entry(_ name: String, _ goals: Goals) -> TaskEntry {
    TaskEntry(name, drones: 2, parameters: .spacing, .bound) { drones, spacing, bound in
      var task = PursuitTask(goals, agentCount: drones)
      (task.spacing, task.bound) = (spacing, bound)
      return task
    }
  }
}
