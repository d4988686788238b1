package import Control
import Drone
import Parameters
package import Randomness
import SpatialMath

/// Drones on a circle change places with those opposite, without touching each other.
///
/// | | |
/// | --- | --- |
/// | Observation | position error, rotation matrix, velocity, body rates, last action, 2 nearest others |
/// | Action | a way point within 0.5 m for PID control |
/// | Reward | distance come nearer [m], less 0.05 for each other nearer than 0.2 m; −5 on a crash |
/// | Start | evenly on a circle 1 m up, 0.3 m apart but at least 0.5 m in radius, within 0.05 m |
/// | Goal | the place of the drone on the other side |
/// | Terminated | on touching anything, upside down, or 5 m off |
/// | Truncated | after 10 s |
package struct FormationTask: SteadyGoalTask {
  package let agentCount: Int
  package var setup: TaskSetup
  /// Where the drones start.
  private let places: [Vector<World, Double>]
  /// Where they are to go.
  let targets: [Vector<World, Double>]
  /// How near others may come before it costs. [m]
  package var distance = 0.2
  /// What each other nearer than that costs in a step. [–]
  package var penalty = 0.05
  /// What a crash costs. [–]
  package var crash = 5.0
  /// How far from its goal a drone may go. [m]
  package var bound = 5.0
  /// How near to its goal an episode has to end. [m]
  package var tolerance = 0.1

  /// The task for some drones in its usual setup.
  package init(agentCount: Int = 4, radius: Double = 0.5, spacing: Double = 0.3) {
    self.agentCount = agentCount
    let places = (0..<agentCount).map {
      Self.place(of: $0, among: agentCount, radius: radius, spacing: spacing)
    }
    self.places = places
    targets = places.indices.map { places[($0 + agentCount / 2) % agentCount] }
    setup = TaskSetup(
      controlFrequency: 48, timeLimit: 10, actionMode: .displacement(reach: 0.5),
      observation: ObservationPart.standard + [.neighbours(2, scale: 3)],
      randomisation: Randomisation(position: Vector(0.05, 0.05, 0.05)))
  }

  package var contract: TaskContract {
    TaskContract(
      "change places across a circle without touching", start: "evenly on a circle 1 m up",
      reward:
        "distance come nearer [m], less \(penalty.words) for each other within \(distance.words) m; "
        + "−\(crash.words) on a crash",
      terminated: "touching anything, upside down, or \(bound.words) m off")
  }

  private static func place(
    of agent: Int, among agentCount: Int, radius: Double, spacing: Double
  ) -> Vector<World, Double> {
    let radius = max(radius, spacing * Double(agentCount) / (2 * .pi))
    let (sine, cosine) = (2 * .pi * Double(agent) / Double(agentCount)).sineAndCosine()
    return Vector(radius * cosine, radius * sine, 1)
  }

  package func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
    for agent in start.states.indices {
      start.states[agent].position = places[agent]
      start.states[agent].rotorSpeeds = PerRotor(repeating: setup.hoverSpeed)
    }
    return NoMemory()
  }

  package func goal(of agent: Int) -> Setpoint {
    Setpoint(position: targets[agent])
  }

  package func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double {
    let step = step(of: agent, in: episode)
    return reward(step, isTerminated: isTerminated(step))
  }

  package func isTerminated(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    isTerminated(step(of: agent, in: episode))
  }

  package func hasSucceeded(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    hasEnded(agent, within: tolerance, in: episode)
  }
}

extension FormationTask {
  static let entry = TaskEntry(
    "formation", drones: 4,
    parameters: .number(
      "radius", "the least radius of the circle", unit: "m", in: .positive(upTo: 1000),
      default: 0.5),
    .number(
      "spacing", "how far apart drones are along it, at least", unit: "m", in: .within(0...1000),
      default: 0.3),
    .number(
      "distance", "how near others may come before it costs", unit: "m", in: .within(0...1000),
      default: 0.2),
    .number(
      "penalty", "what each other nearer than that costs in a step", in: .within(0...1e6),
      default: 0.05),
    .number("crash", "what a crash costs", in: .within(0...1e6), default: 5),
    .number("bound", "how far from its goal a drone may go", unit: "m", in: .positive, default: 5),
    .tolerance
  ) { drones, radius, spacing, distance, penalty, crash, bound, tolerance in
    var task = FormationTask(agentCount: drones, radius: radius, spacing: spacing)
    (task.distance, task.penalty, task.crash) = (distance, penalty, crash)
    (task.bound, task.tolerance) = (bound, tolerance)
    return task
  }
}
