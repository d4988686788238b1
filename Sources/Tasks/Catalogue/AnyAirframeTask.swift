package import Control
import Drone
import Parameters
package import Randomness
import SpatialMath

/// Hold a place or follow a figure of eight with a drone that is another one each time.
///
/// | | |
/// | --- | --- |
/// | Observation | position error, velocity error, rotation matrix, body rates, last 8 actions, and what was felt over them |
/// | Action | 4 rotor speeds, from rest to the highest |
/// | Reward | max(0, 1 − e) less 0.3 of the heading's error over π and 0.02 s of the body rates; position error e [m] |
/// | Start | within 0.5 m, 0.5 m/s along each axis, tilted by up to 0.5 rad, any heading, turning by up to 1 rad/s |
/// | Goal | (0, 0, 2) m, or (s sin φ, s sin φ cos φ, 2) m with s up to 1 m, once round in 8 s |
/// | Terminated | on touching anything, upside down, or 2 m from the point |
/// | Truncated | after 12 s |
///
/// Nothing that a drone sees is of its airframe; only what became of its last actions tells it what it flies.
package struct AnyAirframeTask: DroneTask {
  package var setup: TaskSetup
  /// The share of episodes in which the goal moves. [–]
  package var movingShare = 0.6
  /// The time of one round. [s]
  package var roundTime = 8.0
  /// How far the path goes to either side at most. [m]
  package var size = 1.0
  /// How high it is. [m]
  package var height = 2.0
  /// How far from the point a drone may go. [m]
  package var bound = 2.0
  /// How near to the point an episode has to end. [m]
  package var tolerance = 0.2

  /// Where the goal goes in an episode.
  package struct Memory: Sendable, Codable {
    /// The angle φ at its start. [rad]
    var phase: Double
    /// How far it goes to either side. [m]
    var size: Double
  }

  /// The task in its usual setup.
  package init() {
    setup = TaskSetup(
      physicsFrequency: 300, controlFrequency: 50, timeLimit: 12, actionMode: .throttles,
      observation: [
        .positionError(scale: 2), .velocityError(scale: 4), .rotationMatrix,
        .angularVelocity(.body, scale: 20), .lastActions(8),
        .accelerations(8, scale: 40, turnScale: 400),
      ],
      randomisation: Randomisation(
        mass: 0.9...1.2, motors: 0.97...1.03, position: Vector(0.5, 0.5, 0.5), speed: 0.5,
        tilt: 0.5, yaw: .pi, bodyRate: 1, deadTime: 0...5))
    setup.randomisation.drawsAirframes = true
  }

  package var contract: TaskContract {
    TaskContract(
      "hold a place or follow a figure of eight with an airframe that is another one each time",
      start: "near the point, moving and tilted",
      reward:
        "max(0, 1 − e), less a little for a wrong heading and for turning; position error e [m]",
      terminated: "touching anything, upside down, or \(bound.words) m from the point")
  }

  package func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> Memory {
    let phase = random.uniform(in: 0...(2 * .pi))
    let isMoving = random.uniform(in: 0...1) < movingShare
    let memory = Memory(phase: phase, size: isMoving ? random.uniform(in: 0...size) : 0)
    let goal = self.goal(at: phase, memory)
    (start.states[0].position, start.states[0].velocity) = (goal.position, goal.velocity)
    return memory
  }

  private func goal(at phase: Double, _ memory: Memory) -> Setpoint {
    let (sine, cosine) = phase.sineAndCosine()
    let (size, rate) = (memory.size, 2 * .pi / roundTime)
    return Setpoint(
      position: Vector(size * sine, size * (sine * cosine), height),
      velocity: Vector(size * (rate * cosine), size * (rate * (2 * cosine * cosine - 1)), 0))
  }

  package func isPossible(_ memory: Memory) -> Bool {
    memory.phase.isFinite && (0...size).contains(memory.size)
  }

  package func goal(of agent: Int, in episode: Episode<Memory>) -> Setpoint {
    goal(at: episode.memory.phase + 2 * .pi / roundTime * episode.time, episode.memory)
  }

  private func error(of agent: Int, in episode: Episode<Memory>) -> Double {
    (goal(of: agent, in: episode).position - episode.position(of: agent)).norm
  }

  package func reward(of agent: Int, in episode: Episode<Memory>) -> Double {
    let state = episode.state(of: agent)
    let heading = abs(RollPitchYaw(state.attitude).yaw) / .pi
    return max(0, 1 - error(of: agent, in: episode)) - 0.3 * heading
      - 0.02 * state.bodyRates.norm
  }

  package func isTerminated(_ agent: Int, in episode: Episode<Memory>) -> Bool {
    episode.hasCrashed(agent) || error(of: agent, in: episode) > bound
  }

  package func hasSucceeded(_ agent: Int, in episode: Episode<Memory>) -> Bool {
    hasEnded(agent, within: tolerance, in: episode)
  }
}

extension AnyAirframeTask {
  static let entry = TaskEntry(
    "any-airframe",
    parameters: .number(
      "moving", "the share of episodes in which the goal moves", in: .within(0...1), default: 0.6),
    .number(
      "round_time", "the time of one round", unit: "s", in: .within(0.1...1e6), default: 8),
    .number(
      "size", "how far the path goes to either side at most", unit: "m", in: .within(0...1000),
      default: 1),
    .number("height", "how high it is", unit: "m", in: .within(-1000...1000), default: 2),
    .number(
      "bound", "how far from the point a drone may go", unit: "m", in: .positive, default: 2),
    .number(
      "tolerance", "how near to its goal an episode has to end to count as a success", unit: "m",
      in: .positive, default: 0.2)
  ) { moving, roundTime, size, height, bound, tolerance in
    var task = AnyAirframeTask()
    (task.movingShare, task.roundTime, task.size) = (moving, roundTime, size)
    (task.height, task.bound, task.tolerance) = (height, bound, tolerance)
    return task
  }
}
