import Geometry
import Rendering
import SpatialMath

/// Things that stand around a place for cameras to know it by, one in each direction.
struct Landmarks {
  /// The things.
  let bodies: [RigidBody]
  /// Their colours.
  let colours: [Colour]

  /// Four large things 2 m away, which a drone sees that looks level from 1 m up.
  static let large = Landmarks(
    bodies: [
      RigidBody(.box(size: Vector(0.3, 0.3, 1.2)), at: place(2, 0, 0.6)),
      RigidBody(.cylinder(radius: 0.2, height: 1.6), at: place(0, 2, 0.8)),
      RigidBody(.capsule(radius: 0.15, length: 0.9), at: place(-2, 0, 0.6)),
      RigidBody(.sphere(radius: 0.3), at: place(0, -2, 1)),
    ],
    colours: [
      Colour(0.85, 0.2, 0.15), Colour(0.15, 0.65, 0.25), Colour(0.15, 0.35, 0.85),
      Colour(0.95, 0.75, 0.1),
    ])

  /// Small things on the floor 1 m away: a block and a cube with the sizes of those in
  /// gym-pybullet-drones' vision environment, and figures as large as its duck and its bear, all with the
  /// friction of PyBullet's bodies.
  static let small = Landmarks(
    bodies: [
      RigidBody(.box(size: Vector(0.1, 0.018, 0.018)), at: place(1, 0, 0.009), friction: 0.5),
      RigidBody(.box(size: Vector(0.05, 0.05, 0.05)), at: place(0, 1, 0.025), friction: 0.5),
      RigidBody(duck, at: place(-1, 0, 0), friction: 0.5),
      RigidBody(bear, at: place(0, -1, 0), friction: 0.5),
    ],
    colours: [
      Colour(0.1, 0.7, 0.1), Colour(0.95, 0.95, 0.95), Colour(1, 0.9, 0.2), Colour(1, 0.4, 0.4),
    ])

  private static func place(_ x: Double, _ y: Double, _ z: Double) -> Pose<Double> {
    Pose(position: Vector(x, y, z))
  }

  private static let duck = Shape.compound([
    PlacedShape(.sphere(radius: 0.028), at: Vector(0, 0, 0.028)),
    PlacedShape(.sphere(radius: 0.018), at: Vector(0.018, 0, 0.064)),
    PlacedShape(.box(size: Vector(0.016, 0.012, 0.005)), at: Vector(0.04, 0, 0.062)),
  ])

  private static let bear = Shape.compound([
    PlacedShape(.sphere(radius: 0.03), at: Vector(0, 0, 0.03)),
    PlacedShape(.sphere(radius: 0.021), at: Vector(0, 0, 0.074)),
    PlacedShape(.sphere(radius: 0.009), at: Vector(0, 0.016, 0.092)),
    PlacedShape(.sphere(radius: 0.009), at: Vector(0, -0.016, 0.092)),
  ])
}
