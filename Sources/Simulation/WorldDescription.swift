public import Drone
public import Geometry
public import SpatialMath

/// What there is in a world at its start.
public struct WorldDescription: Sendable, Equatable {
  /// The drones' models, in order.
  public var models: [QuadcopterModel]
  /// The drones' states at the start, in the same order.
  public var states: [DroneState<Double>]
  /// Whether there is a floor at z = 0.
  public var floor: Bool
  /// What else there is to touch.
  public var obstacles: [RigidBody]
  /// What pushes the drones, and when.
  public var pushes: [ScheduledPush]
  /// How the air moves.
  public var wind: Wind
  /// Where the turbulence's random numbers start.
  public var seed: UInt64

  /// A world.
  public init(
    models: [QuadcopterModel], states: [DroneState<Double>], floor: Bool = true,
    obstacles: [RigidBody] = [], pushes: [ScheduledPush] = [], wind: Wind = .none,
    seed: UInt64 = 0
  ) {
    (self.models, self.states) = (models, states)
    (self.floor, self.obstacles, self.pushes) = (floor, obstacles, pushes)
    (self.wind, self.seed) = (wind, seed)
  }
}
