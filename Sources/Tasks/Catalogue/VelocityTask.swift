package import Control
import Drone
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
      "fly with a velocity that changes every two seconds", start: "at rest, 2 m up",
      reward: "max(0, 1 − (u / 0.5)²); velocity error u [m/s]",
      terminated: "touching anything, or upside down", truncated: "8 m from the start")
  }

  package func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> Memory {
    start.states[0].position = Vector(0, 0, 2)
    start.states[0].rotorSpeeds = PerRotor(repeating: setup.hoverSpeed)
    var own = SplitMix64(seed: random.next())
    return Memory(wanted: Self.velocity(using: &own), random: own)
  }

  /// A velocity of at most 0.4 m/s sideways and 0.2 m/s up or down. [m/s]
  private static func velocity(using random: inout SplitMix64) -> SIMD3<Double> {
    SIMD3(
      random.uniform(in: -0.28...0.28), random.uniform(in: -0.28...0.28),
      random.uniform(in: -0.2...0.2))
  }

  package func update(_ episode: inout Episode<Memory>) {
    let stepsPerCommand = max(1, 2 * setup.controlFrequency)
    guard episode.stepCount.isMultiple(of: stepsPerCommand) else { return }
    episode.memory.wanted = Self.velocity(using: &episode.memory.random)
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
    error(of: agent, in: episode).norm < 0.1
  }
}
