package import Control
import Drone
import Parameters
package import Randomness
import SpatialMath

/// Fly with a velocity that changes every two seconds.
///
/// | | |
/// | --- | --- |
/// | Observation | rotation matrix, velocity, body rates, last action, velocity error / 1 m/s |
/// | Action | a direction, and a share of 0.5 m/s, for PID control |
/// | Reward | max(0, 1 − (u / 0.5)²), with the velocity error u [m/s] |
/// | Start | at rest, 2 m up |
/// | Terminated | on touching anything, or upside down |
/// | Truncated | after 8 s, or 8 m from the start |
package struct VelocityTask: DroneTask {
  package var setup: TaskSetup
  /// How long a velocity is to be flown with. [s]
  package var interval = 2.0
  /// The highest speed along x and y. [m/s]
  package var levelSpeed = 0.28
  /// The highest speed up and down. [m/s]
  package var climbSpeed = 0.2
  /// How near to the velocity an episode has to end. [m/s]
  package var tolerance = 0.1

  /// The velocity to fly with. [m/s]
  package struct Memory: Sendable, Codable {
    /// Along the world's axes. [m/s]
    var wanted: SIMD3<Double>
    var random: SplitMix64
  }

  /// The task in its usual setup.
  package init() {
    setup = TaskSetup(
      actionMode: .velocity(limit: 0.5),
      observation: [
        .rotationMatrix, .velocity(.world, scale: 3), .angularVelocity(.body, scale: 20),
        .lastActions(1), .velocityError(scale: 1),
      ])
  }

  package var contract: TaskContract {
    TaskContract(
      interval == 2
        ? "fly with a velocity that changes every two seconds"
        : "fly with a velocity that changes every \(interval.words) s", start: "at rest, 2 m up",
      reward: "max(0, 1 − (u / 0.5)²); velocity error u [m/s]",
      terminated: "touching anything, or upside down", truncated: "8 m from the start")
  }

  package func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> Memory {
    start.states[0].position = Vector(0, 0, 2)
    start.states[0].rotorSpeeds = PerRotor(repeating: setup.hoverSpeed)
    var own = SplitMix64(seed: random.next())
    return Memory(wanted: velocity(using: &own), random: own)
  }

  /// A velocity to fly with. [m/s]
  private func velocity(using random: inout SplitMix64) -> SIMD3<Double> {
    SIMD3(
      random.uniform(in: -levelSpeed...levelSpeed), random.uniform(in: -levelSpeed...levelSpeed),
      random.uniform(in: -climbSpeed...climbSpeed))
  }

  package func update(_ episode: inout Episode<Memory>) {
    let stepsPerCommand = max(1, Int((interval * Double(setup.controlFrequency)).rounded()))
    // What is asked for last stays to the end, so that it can be judged whether it is flown.
    guard episode.stepCount.isMultiple(of: stepsPerCommand), episode.stepCount < setup.stepLimit
    else { return }
    episode.memory.wanted = velocity(using: &episode.memory.random)
  }

  package func goal(of agent: Int, in episode: Episode<Memory>) -> Setpoint {
    let wanted = episode.memory.wanted
    return Setpoint(
      position: episode.position(of: agent), velocity: Vector(wanted.x, wanted.y, wanted.z))
  }

  private func error(of agent: Int, in episode: Episode<Memory>) -> Vector<World, Double> {
    goal(of: agent, in: episode).velocity - episode.state(of: agent).velocity
  }

  package func reward(of agent: Int, in episode: Episode<Memory>) -> Double {
    max(0, 1 - 4 * error(of: agent, in: episode).squaredNorm)
  }

  package func isTerminated(_ agent: Int, in episode: Episode<Memory>) -> Bool {
    episode.hasCrashed(agent)
  }

  package func isTruncated(_ agent: Int, in episode: Episode<Memory>) -> Bool {
    (episode.position(of: agent) - Vector(0, 0, 2)).squaredNorm > 64
  }

  package func hasSucceeded(_ agent: Int, in episode: Episode<Memory>) -> Bool {
    error(of: agent, in: episode).norm < tolerance
  }
}

extension VelocityTask {
  static let entry = TaskEntry(
    "velocity",
    parameters: .number(
      "interval", "how long a velocity is to be flown with", unit: "s", in: .positive(upTo: 1e6),
      default: 2),
    .number(
      "level_speed", "the highest speed along x and y", unit: "m/s", in: .within(0...1000),
      default: 0.28),
    .number(
      "climb_speed", "the highest speed up and down", unit: "m/s", in: .within(0...1000),
      default: 0.2),
    .number(
      "tolerance", "how near to the velocity an episode has to end to count as a success",
      unit: "m/s", in: .positive, default: 0.1)
  ) { interval, levelSpeed, climbSpeed, tolerance in
    var task = VelocityTask()
    (task.interval, task.tolerance) = (interval, tolerance)
    (task.levelSpeed, task.climbSpeed) = (levelSpeed, climbSpeed)
    return task
  }
}
