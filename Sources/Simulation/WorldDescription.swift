package import Drone
package import Geometry
import SpatialMath

/// What there is in a world at its start.
package struct WorldDescription: Sendable, Equatable {
  /// The drones' models, in order.
  package var models: [QuadcopterModel]
  /// The drones' states at the start, in the same order.
  package var states: [DroneState<Double>]
  /// Whether there is a floor at z = 0.
  package var floor: Bool
  /// What else there is to touch.
  package var obstacles: [RigidBody]
  /// What pushes the drones, and when.
  package var pushes: [ScheduledPush]
  /// How the air moves.
  package var wind: Wind
  /// Where the turbulence's random numbers start.
  package var seed: UInt64

  /// A world.
  package init(
    models: [QuadcopterModel], states: [DroneState<Double>], floor: Bool = true,
    obstacles: [RigidBody] = [], pushes: [ScheduledPush] = [], wind: Wind = .none,
    seed: UInt64 = 0
  ) {
    (self.models, self.states) = (models, states)
    (self.floor, self.obstacles, self.pushes) = (floor, obstacles, pushes)
    (self.wind, self.seed) = (wind, seed)
  }
}
