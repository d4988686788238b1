package import Control
import Drone
import Parameters
package import Randomness
import SpatialMath

/// Tune the gains of PID control while it follows a point that moves back and forth.
///
/// | | |
/// | --- | --- |
/// | Observation | position error, roll, pitch, yaw, velocity, body rates, last action: 18 numbers |
/// | Action | factors a + 1 on the P, I and D gains on position, then on attitude |
/// | Reward | −e², with the position error e [m] |
/// | Start | at rest at (0, 4, 1) |
/// | Goal | (0, 4 cos(0.006 i), 1) in step i |
/// | Terminated | never |
/// | Truncated | after 5 s, or 15 m off |
///
/// The rewards of the environment of that name in J. Panerati et al., "Learning to Fly", IROS 2021,
/// [arXiv:2103.02142](https://arxiv.org/abs/2103.02142).
package struct TuneTask: DroneTask {
  package var setup: TaskSetup
  /// How far the point moves to either side. [m]
  package var amplitude = 4.0
  /// How far off an episode is cut off. [m]
  package var bound = 15.0

  /// The task in its usual setup.
  package init() {
    setup = TaskSetup(
      model: .peersCrazyflie,
      controlFrequency: 48, timeLimit: 5, actionMode: .gains, positionLaw: .crazyflie,
      observation: [
        .positionError(scale: 3), .rollPitchYaw, .velocity(.world, scale: 3),
        .angularVelocity(.body, scale: 20), .lastActions(1),
      ], randomisation: Randomisation(position: Vector(0.1, 0.1, 0.1)))
  }

  package var contract: TaskContract {
    TaskContract(
      "tune PID gains in flight", start: "at rest at (0, \(amplitude.words), 1)",
      reward: "−e²; position error e [m] to (0, \(amplitude.words) cos(0.006 i), 1) in step i",
      truncated: "\(bound.words) m off")
  }

  package func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
    start.states[0].position = Vector(0, amplitude, 1)
    start.states[0].rotorSpeeds = PerRotor(repeating: setup.hoverSpeed)
    return NoMemory()
  }

  package func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint {
    let (sine, cosine) = (0.006 * Double(episode.stepCount)).sineAndCosine()
    let speed = -amplitude * 0.006 * sine / setup.period
    return Setpoint(position: Vector(0, amplitude * cosine, 1), velocity: Vector(0, speed, 0))
  }

  package func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double {
    -(goal(of: agent, in: episode).position - episode.position(of: agent)).squaredNorm
  }

  package func isTruncated(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    episode.isOutside(agent, halfWidth: bound, height: bound)
  }
}

extension TuneTask {
  static let entry = TaskEntry(
    "tune",
    parameters: .number(
      "amplitude", "how far the point moves to either side", unit: "m", in: .within(0...100),
      default: 4), .bound
  ) { amplitude, bound in
    var task = TuneTask()
    (task.amplitude, task.bound) = (amplitude, bound)
    return task
  }
}
