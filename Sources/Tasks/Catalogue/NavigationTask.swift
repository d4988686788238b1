package import Control
import Drone
import Geometry
import Parameters
package import Randomness
package import SpatialMath

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
  package let ownObstacleCount: Int
  /// Where to fly. [m]
  package var target = Vector<World, Double>(2.5, 0, 1)
  /// How near to it counts as arrived. [m]
  package var tolerance = 0.2
  /// What arriving is worth, and what a crash costs. [–]
  package var bonus = 5.0
  /// How far out or up a drone may go. [m]
  package var bound = 5.0

  /// The task in its usual setup.
  package init(pillars: Int = 8, radius: Double = 0.15) {
    ownObstacleCount = pillars
    let pillar = RigidBody(.cylinder(radius: radius, height: 2))
    setup = TaskSetup(
      controlFrequency: 48, timeLimit: 15, obstacles: Array(repeating: pillar, count: pillars),
      actionMode: .displacement(reach: 0.3),
      observation: ObservationPart.standard + [.ranges(16, reach: 3)])
  }

  package var contract: TaskContract {
    TaskContract(
      "fly through random pillars by ranges",
      start:
        "at (−2.5, y, 1) with y within 1 m; \(ownObstacleCount) pillars anywhere in x within 1.8, y within 1.5 m",
      reward: "distance come nearer [m]; \(bonus.words) on arrival, −\(bonus.words) on a crash",
      terminated:
        "within \(tolerance.words) m of (\(target.x.words), \(target.y.words), \(target.z.words)), "
        + "touching anything, upside down, or \(bound.words) m off")
  }

  package func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
    start.states[0].position = Vector(-2.5, random.uniform(in: -1...1), 1)
    start.states[0].rotorSpeeds = PerRotor(repeating: setup.hoverSpeed)
    for pillar in 0..<ownObstacleCount {
      start.obstacles[pillar].position = Vector(
        random.uniform(in: -1.8...1.8), random.uniform(in: -1.5...1.5), 1)
    }
    return NoMemory()
  }

  package func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint {
    Setpoint(position: target)
  }

  private func hasArrived(_ episode: Episode<NoMemory>) -> Bool {
    (target - episode.position(of: 0)).norm < tolerance
  }

  package func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double {
    let end = hasArrived(episode) ? bonus : isTerminated(agent, in: episode) ? -bonus : 0
    return episode.progress(of: agent, towards: target) + end
  }

  package func isTerminated(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    hasArrived(episode) || episode.hasCrashed(agent)
      || episode.isOutside(agent, halfWidth: bound, height: bound)
  }

  package func hasSucceeded(_ agent: Int, in episode: Episode<Memory>) -> Bool {
    hasArrived(episode)
  }
}

extension NavigationTask {
  static let entry = TaskEntry(
    "navigation",
    parameters: .integer("pillars", "how many pillars there are", in: 0...1000, default: 8),
    .number(
      "radius", "the radius of a pillar", unit: "m", in: .within(1e-3...1), default: 0.15),
    .vector("target", "where to fly", unit: "m", default: Vector(2.5, 0, 1)),
    .number(
      "tolerance", "how near to it counts as arrived", unit: "m", in: .positive, default: 0.2),
    .number(
      "bonus", "what arriving is worth, and what a crash costs", in: .within(0...1e6), default: 5),
    .number("bound", "how far out or up a drone may go", unit: "m", in: .positive, default: 5)
  ) { pillars, radius, target, tolerance, bonus, bound in
    var task = NavigationTask(pillars: pillars, radius: radius)
    (task.target, task.tolerance) = (target, tolerance)
    (task.bonus, task.bound) = (bonus, bound)
    return task
  }
}
