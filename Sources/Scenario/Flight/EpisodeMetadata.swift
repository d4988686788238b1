import Configuration
package import Drone
package import Geometry
package import Simulation
package import SpatialMath

/// The metadata of the trajectory of an episode: the task, and a world as scenarios describe theirs, so
/// that episodes are drawn as flights are.
package struct EpisodeMetadata: Encodable {
  /// The name of the file beside the trajectory.
  package static let fileName = FlightMetadata.fileName

  /// Which episode it is.
  package struct Episode: Sendable, Encodable {
    let task, policy: String
    let seed: UInt64
    let number: Int

    /// An episode of a task, played by a policy: the one of that number after a reset by the seed.
    package init(of task: String, by policy: String, seed: UInt64, number: Int) {
      (self.task, self.policy) = (task, policy)
      (self.seed, self.number) = (seed, number)
    }
  }

  private struct Rates: Encodable {
    let physics, control, record: Int
  }

  private struct Drone: Encodable {
    let model: String
    let at: [Double]
  }

  private struct Scene: Encodable {
    let name: String
    let duration: Double
    let rates: Rates
    let wind: Wind
    let world: WorldSpecification
    let drones: [Drone]
  }

  private let episode: Episode
  private let scenario: Scene
  private let models: [String: ModelOutline]

  private enum Key: String, CodingKey {
    case episode, scenario, models
  }

  /// The metadata of an episode.
  ///
  /// - Parameters:
  ///   - episode: Which one.
  ///   - model: What every drone is.
  ///   - starts: Where the drones are at its start. [m]
  ///   - world: What else there is.
  ///   - wind: How the air moves.
  ///   - rates: How often physics and actions happen. [Hz]
  ///   - timeLimit: How long it may last. [s]
  package init(
    _ episode: Episode, model: QuadcopterModel, starts: [Vector<World, Double>],
    world: (floor: Bool, obstacles: [RigidBody]), wind: Wind,
    rates: (physics: Int, control: Int), timeLimit: Double
  ) {
    self.episode = episode
    scenario = Scene(
      name: "\(episode.task)-\(episode.number)", duration: timeLimit,
      rates: Rates(physics: rates.physics, control: rates.control, record: rates.control),
      wind: wind, world: WorldSpecification(floor: world.floor, obstacles: world.obstacles),
      drones: starts.map { Drone(model: model.name, at: $0.array) })
    models = [model.name: ModelOutline(of: model)]
  }

  package func encode(to encoder: any Encoder) throws {
    try TrajectoryLegend().encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(episode, forKey: .episode)
    try container.encode(scenario, forKey: .scenario)
    try container.encode(models, forKey: .models)
  }
}
