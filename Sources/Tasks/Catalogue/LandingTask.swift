package import Control
import Drone
import Parameters
package import Randomness
import SpatialMath

/// Land on a pad, softly.
///
/// | | |
/// | --- | --- |
/// | Observation | position error, rotation matrix, velocity, body rates, last action, height |
/// | Goal | a point on the pad's axis, 0.2 m below the drone |
/// | Action | 4 rotor speeds, hover speed ± 20 % |
/// | Reward | 10 times the distance come nearer [m]; at touchdown 10 where it is a landing, else −10 |
/// | Start | 1 to 1.5 m up, within 0.5 m of the pad's axis, at rest |
/// | Landing | upright, within 0.2 m of the pad's middle, no faster than 0.5 m/s |
/// | Terminated | on touching the floor, upside down, or 3 m off |
/// | Truncated | after 8 s |
package struct LandingTask: DroneTask {
  package var setup: TaskSetup
  /// How far from the pad's middle a landing may be. [m]
  package var radius = 0.2
  /// How fast it may be. [m/s]
  package var speed = 0.5
  /// What it is worth, and what any other touchdown costs. [–]
  package var bonus = 10.0
  /// How far from the pad a drone may go. [m]
  package var bound = 3.0

  /// The task in its usual setup.
  package init() {
    setup = TaskSetup(
      controlFrequency: 48, actionMode: .rotorSpeeds(authority: 0.2),
      observation: ObservationPart.standard + [.height(scale: 3)],
      randomisation: Randomisation(yaw: .pi))
  }

  package var contract: TaskContract {
    TaskContract(
      "land on a pad, softly", start: "1 to 1.5 m up, within 0.5 m of the pad's axis, at rest",
      reward:
        "10 times the distance come nearer [m]; at touchdown \(bonus.words) for a landing, else −\(bonus.words)",
      terminated: "touching the floor, upside down, or \(bound.words) m off")
  }

  /// Where a drone's centre is when it stands on the pad. [m]
  private static let pad = Vector<World, Double>(0, 0, 0.0125)

  package func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
    start.states[0].position = Vector(
      random.uniform(in: -0.5...0.5), random.uniform(in: -0.5...0.5), random.uniform(in: 1...1.5))
    start.states[0].rotorSpeeds = PerRotor(repeating: setup.hoverSpeed)
    return NoMemory()
  }

  package func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint {
    // A goal a little below the drone, not the pad itself, keeps the drone that flies to it slow.
    let height = max(Self.pad.z - 0.05, episode.position(of: agent).z - 0.2)
    return Setpoint(position: Vector(0, 0, height))
  }

  private func hasLanded(_ episode: Episode<NoMemory>) -> Bool {
    let p = episode.position(of: 0)
    return episode.isTouching(0) && episode.isUpright(0) && p.x * p.x + p.y * p.y < radius * radius
      && episode.stateBefore(of: 0).velocity.norm < speed
  }

  package func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double {
    let touchdown = hasLanded(episode) ? bonus : isTerminated(agent, in: episode) ? -bonus : 0
    return 10 * episode.progress(of: agent, towards: Self.pad) + touchdown
  }

  package func isTerminated(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    episode.hasCrashed(agent) || (episode.position(of: agent) - Self.pad).norm > bound
  }

  package func hasSucceeded(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    hasLanded(episode)
  }
}

extension LandingTask {
  static let entry = TaskEntry(
    "landing",
    parameters: .number(
      "radius", "how far from the pad's middle a landing may be", unit: "m", in: .positive,
      default: 0.2),
    .number("speed", "how fast it may be", unit: "m/s", in: .positive, default: 0.5),
    .number(
      "bonus", "what it is worth, and what any other touchdown costs", in: .within(0...1e6),
      default: 10),
    .number("bound", "how far from the pad a drone may go", unit: "m", in: .positive, default: 3)
  ) { radius, speed, bonus, bound in
    var task = LandingTask()
    (task.radius, task.speed) = (radius, speed)
    (task.bonus, task.bound) = (bonus, bound)
    return task
  }
}
