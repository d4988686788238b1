package import Control
import Drone
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
package struct FormationTask: DroneTask {
  package let agentCount: Int
  package var setup: TaskSetup
  /// Where the drones start.
  private let places: [Vector<World, Double>]

  /// The task for some drones in its usual setup.
  package init(agentCount: Int = 4) {
    self.agentCount = agentCount
    places = (0..<agentCount).map { Self.place(of: $0, among: agentCount) }
    setup = TaskSetup(
      controlFrequency: 48, timeLimit: 10, actionMode: .displacement(reach: 0.5),
      observation: ObservationPart.standard + [.neighbours(2, scale: 3)],
      randomisation: Randomisation(position: Vector(0.05, 0.05, 0.05)))
  }

  package var contract: TaskContract {
    TaskContract(
      "change places across a circle without touching", start: "evenly on a circle 1 m up",
      reward: "distance come nearer [m], less 0.05 for each other within 0.2 m; −5 on a crash",
      terminated: "touching anything, upside down, or 5 m off")
  }

  private static func place(of agent: Int, among agentCount: Int) -> Vector<World, Double> {
    let radius = max(0.5, 0.3 * Double(agentCount) / (2 * .pi))
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

  private func target(of agent: Int) -> Vector<World, Double> {
    places[(agent + agentCount / 2) % agentCount]
  }

  package func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint {
    Setpoint(position: target(of: agent))
  }

  package func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double {
    let own = episode.position(of: agent)
    let near = (0..<agentCount).count { other in
      other != agent && episode.isPresent(other)
        && (episode.position(of: other) - own).squaredNorm < 0.04
    }
    return episode.progress(of: agent, towards: target(of: agent)) - 0.05 * Double(near)
      - (isTerminated(agent, in: episode) ? 5 : 0)
  }

  package func isTerminated(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    episode.hasCrashed(agent) || (target(of: agent) - episode.position(of: agent)).norm > 5
  }
}
