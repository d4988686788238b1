import Drone
import SpatialMath

/// What a drone of a ``PursuitEvasionTask`` knows of its own place and of the others.
///
/// | numbers | what |
/// | --- | --- |
/// | 0 | 1 for the evader, −1 for a pursuer |
/// | 1 to 3 | its place x, y, z from −1 at one wall of the arena to 1 at the other |
/// | 4 on | for each of the others, from the drone to it x, y, z / 3 m, and its velocity against the drone's x, y, z / 3 m/s |
///
/// The opponents of an evader are the pursuers in their order; those of a pursuer are the evader, and then the
/// pursuers that follow it in their order, around. Numbers of drones that have left are 0.
struct EvasionView {
  static let words =
    "1 evader or −1 pursuer; own place in the arena; for each other (of a pursuer the evader first): "
    + "from the drone to it x, y, z / 3 m, velocity against the drone's x, y, z / 3 m/s"

  /// How many numbers it has, with so many drones. [–]
  static func count(agentCount: Int) -> Int { 4 + 6 * (agentCount - 1) }

  private let episode: Episode<PursuitEvasionTask.Memory>
  private let agent: Int
  /// Half the edges of the arena's floor, and its height. [m]
  private let halfWidth, height: Double

  /// What a drone knows now.
  init(
    of episode: Episode<PursuitEvasionTask.Memory>, for agent: Int, halfWidth: Double,
    height: Double
  ) {
    (self.episode, self.agent) = (episode, agent)
    (self.halfWidth, self.height) = (halfWidth, height)
  }

  /// A number of it. [–]
  subscript(index: Int) -> Double {
    switch index {
    case 0: return agent == episode.agentCount - 1 ? 1 : -1
    case 1: return episode.position(of: agent).x / halfWidth
    case 2: return episode.position(of: agent).y / halfWidth
    case 3: return 2 * episode.position(of: agent).z / height - 1
    default: break
    }
    let (other, number) = (other((index - 4) / 6), (index - 4) % 6)
    guard episode.isPresent(other) else { return 0 }
    let vector =
      number < 3
      ? episode.position(of: other) - episode.position(of: agent)
      : episode.state(of: other).velocity - episode.state(of: agent).velocity
    return SIMD3(vector.x, vector.y, vector.z)[number % 3] / 3
  }

  /// Another drone by its place in the order of those that this one sees.
  private func other(_ place: Int) -> Int {
    let evader = episode.agentCount - 1
    if agent == evader { return place }
    return place == 0 ? evader : (agent + place) % evader
  }
}
