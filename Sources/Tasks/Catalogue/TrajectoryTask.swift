package import Control
import Drone
import Parameters
package import Randomness
import SpatialMath

/// Follow a point along a lemniscate, a figure of eight.
///
/// | | |
/// | --- | --- |
/// | Observation | position error, rotation matrix, velocity, body rates, last action, velocity error |
/// | Action | 4 rotor speeds, hover speed ± 20 % |
/// | Reward | max(0, 1 − e), with the position error e [m] |
/// | Start | on the path, anywhere along it, at rest, within 0.1 m |
/// | Goal | (sin φ, sin φ cos φ, 1) m, once round in 6 s |
/// | Terminated | on touching anything, upside down, or 2 m from the point |
/// | Truncated | after 12 s |
package struct TrajectoryTask: DroneTask {
  package var setup: TaskSetup
  /// The time of one round. [s]
  package var roundTime = 6.0
  /// How far the path goes to either side. [m]
  package var size = 1.0
  /// How high it is. [m]
  package var height = 1.0
  /// How far from the point a drone may go. [m]
  package var bound = 2.0
  /// How near to the point an episode has to end. [m]
  package var tolerance = 0.1

  /// Where on the path an episode begins.
  package struct Memory: Sendable, Codable {
    /// The angle φ at its start. [rad]
    var phase: Double
  }

  /// The task in its usual setup.
  package init() {
    setup = TaskSetup(
      controlFrequency: 48, timeLimit: 12, actionMode: .rotorSpeeds(authority: 0.2),
      observation: ObservationPart.standard + [.velocityError(scale: 3)],
      randomisation: Randomisation(position: Vector(0.1, 0.1, 0.1)))
  }

  package var contract: TaskContract {
    TaskContract(
      "follow a point along a figure of eight", start: "on the path, anywhere along it, at rest",
      reward: "max(0, 1 − e); position error e [m]",
      terminated: "touching anything, upside down, or \(bound.words) m from the point")
  }

  package func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> Memory {
    let phase = random.uniform(in: 0...(2 * .pi))
    start.states[0].position = place(at: phase)
    start.states[0].rotorSpeeds = PerRotor(repeating: setup.hoverSpeed)
    return Memory(phase: phase)
  }

  private func place(at phase: Double) -> Vector<World, Double> {
    let (sine, cosine) = phase.sineAndCosine()
    return Vector(size * sine, size * (sine * cosine), height)
  }

  package func goal(of agent: Int, in episode: Episode<Memory>) -> Setpoint {
    let rate = 2 * .pi / roundTime
    let phase = episode.memory.phase + rate * episode.time
    let (_, cosine) = phase.sineAndCosine()
    let velocity = Vector<World, Double>(
      size * (rate * cosine), size * (rate * (2 * cosine * cosine - 1)), 0)
    return Setpoint(position: place(at: phase), velocity: velocity)
  }

  private func error(of agent: Int, in episode: Episode<Memory>) -> Double {
    (goal(of: agent, in: episode).position - episode.position(of: agent)).norm
  }

  package func reward(of agent: Int, in episode: Episode<Memory>) -> Double {
    max(0, 1 - error(of: agent, in: episode))
  }

  package func isTerminated(_ agent: Int, in episode: Episode<Memory>) -> Bool {
    episode.hasCrashed(agent) || error(of: agent, in: episode) > bound
  }

  package func hasSucceeded(_ agent: Int, in episode: Episode<Memory>) -> Bool {
    hasEnded(agent, within: tolerance, in: episode)
  }
}

extension TrajectoryTask {
  static let entry = TaskEntry(
    "trajectory",
    parameters: .number(
      "round_time", "the time of one round", unit: "s", in: .within(0.1...1e6), default: 6),
    .number(
      "size", "how far the path goes to either side", unit: "m", in: .within(0...1000),
      default: 1),
    .number("height", "how high it is", unit: "m", in: .within(-1000...1000), default: 1),
    .number(
      "bound", "how far from the point a drone may go", unit: "m", in: .positive, default: 2),
    .tolerance
  ) { roundTime, size, height, bound, tolerance in
    var task = TrajectoryTask()
    (task.roundTime, task.size, task.height) = (roundTime, size, height)
    (task.bound, task.tolerance) = (bound, tolerance)
    return task
  }
}
