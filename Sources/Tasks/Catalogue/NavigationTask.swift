package import Control
import Drone
import Geometry
package import Randomness
import SpatialMath

/// Fly through a wood of pillars to the other side, by what ranges show.
///
/// | | |
/// | --- | --- |
/// | Observation | position error, rotation matrix, velocity, body rates, last action, 16 ranges / 3 m |
/// | Action | a way point within 0.3 m for PID control |
/// | Reward | distance come nearer [m]; 5 on arrival, −5 on a crash |
/// | Start | at (−2.5, y, 1) with y within 1 m, at rest |
/// | Goal | (2.5, 0, 1) |
/// | Pillars | eight of radius 0.15 m, anywhere with x within 1.8 m and y within 1.5 m |
/// | Terminated | within 0.2 m of the goal, on touching anything, upside down, or 5 m off |
/// | Truncated | after 15 s |
package struct NavigationTask: DroneTask {
  package var setup: TaskSetup

  /// The task in its usual setup.
  package init() {
    let pillar = RigidBody(.cylinder(radius: 0.15, height: 2))
    setup = TaskSetup(
      controlFrequency: 48, timeLimit: 15, obstacles: Array(repeating: pillar, count: 8),
      actionMode: .displacement(reach: 0.3),
      observation: ObservationPart.standard + [.ranges(16, reach: 3)])
  }

  package var contract: TaskContract {
    TaskContract(
      "fly through random pillars by ranges",
      start:
        "at (−2.5, y, 1) with y within 1 m; 8 pillars anywhere in x within 1.8, y within 1.5 m",
      reward: "distance come nearer [m]; 5 on arrival, −5 on a crash",
      terminated: "within 0.2 m of (2.5, 0, 1), touching anything, upside down, or 5 m off")
  }

  private static let target = Vector<World, Double>(2.5, 0, 1)

  package func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
    start.states[0].position = Vector(-2.5, random.uniform(in: -1...1), 1)
    start.states[0].rotorSpeeds = PerRotor(repeating: setup.hoverSpeed)
    for pillar in start.obstacles.indices {
      start.obstacles[pillar].position = Vector(
        random.uniform(in: -1.8...1.8), random.uniform(in: -1.5...1.5), 1)
    }
    return NoMemory()
  }

  package func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint {
    Setpoint(position: Self.target)
  }

  private func hasArrived(_ episode: Episode<NoMemory>) -> Bool {
    (Self.target - episode.position(of: 0)).norm < 0.2
  }

  package func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double {
    let end = hasArrived(episode) ? 5.0 : isTerminated(agent, in: episode) ? -5 : 0
    return episode.progress(of: agent, towards: Self.target) + end
  }

  package func isTerminated(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    hasArrived(episode) || episode.hasCrashed(agent)
      || episode.isOutside(agent, halfWidth: 5, height: 5)
  }

  package func hasSucceeded(_ agent: Int, in episode: Episode<Memory>) -> Bool {
    hasArrived(episode)
  }
}
