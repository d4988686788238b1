package import Control
import Drone
import Parameters
package import Randomness
package import SpatialMath

/// Hold a place in the air by rotor speeds alone, from rest to the highest.
///
/// | | |
/// | --- | --- |
/// | Observation | position error, rotation matrix, velocity, body rates, last action: 22 numbers |
/// | Action | 4 rotor speeds, from rest to the highest |
/// | Reward | max(0, 1 − e), with the position error e [m] |
/// | Start | 1 m up, tilted by up to 0.3 rad, turning by up to 1 rad/s, moving by up to 0.3 m/s |
/// | Terminated | on touching anything, or 3 m from the place |
/// | Truncated | after 5 s |
package struct ControlTask: SteadyGoalTask {
  package var setup: TaskSetup
  /// Where to stay. [m]
  package var target = Vector<World, Double>(0, 0, 1)
  /// How near to it an episode has to end. [m]
  package var tolerance = 0.1
  /// How far from it a drone may go. [m]
  package var bound = 3.0

  /// The task in its usual setup.
  package init() {
    setup = TaskSetup(
      controlFrequency: 48, timeLimit: 5, actionMode: .wholeRange,
      randomisation: Randomisation(speed: 0.3, tilt: 0.3, bodyRate: 1))
  }

  package var contract: TaskContract {
    TaskContract(
      "hold a place in the air by rotor speeds alone",
      start: "1 m up, tilted, turning and moving a little",
      reward: "max(0, 1 − e); position error e",
      terminated: "touching anything, or \(bound.words) m from the place")
  }

  package func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
    start.states[0].position = Vector(0, 0, 1)
    start.states[0].rotorSpeeds = PerRotor(repeating: setup.hoverSpeed)
    return NoMemory()
  }

  package func goal(of agent: Int) -> Setpoint {
    Setpoint(position: target)
  }

  private func error(of agent: Int, in episode: Episode<NoMemory>) -> Double {
    (goal(of: agent, in: episode).position - episode.position(of: agent)).norm
  }

  package func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double {
    max(0, 1 - error(of: agent, in: episode))
  }

  package func isTerminated(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    episode.isTouching(agent) || error(of: agent, in: episode) > bound
  }

  package func hasSucceeded(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    hasEnded(agent, within: tolerance, in: episode)
  }
}

extension ControlTask {
  static let entry = TaskEntry(
    "control",
    parameters: .vector(
      "target", "where to stay", unit: "m", in: .within(-1e6...1e6), default: Vector(0, 0, 1)),
    .tolerance,
    .number("bound", "how far from it a drone may go", unit: "m", in: .positive, default: 3)
  ) { target, tolerance, bound in
    var task = ControlTask()
    (task.target, task.tolerance, task.bound) = (target, tolerance, bound)
    return task
  }
}
