import Bullet
import Geometry
import SpatialMath

/// What a drone has to come near to before an obstacle matters: a box about it.
struct ObstacleBounds {
  let body: BodyID
  /// Whether it moves.
  let isLoose: Bool
  /// Where it is.
  private(set) var pose: Pose<Double>
  /// How far any of its points may move in a step. [m]
  private var sweep = 0.0
  /// The half edges of the box about it, along its own axes. [m]
  private let halfSize: Vector<Body, Double>
  /// The radius of the sphere about it. [m]
  private let radius: Double

  init(of obstacle: RigidBody, body: BodyID) {
    self.body = body
    isLoose = obstacle.mass > 0
    pose = obstacle.pose
    halfSize = obstacle.shape.halfSize
    radius = obstacle.shape.boundingRadius * (1 + 1e-9)
  }

  /// Takes over how it moves, with one more step of free fall. [m/s², s]
  mutating func update(_ motion: BodyMotion, gravity: Double, period: Double) {
    pose = motion.pose
    let turning = motion.angularVelocity.norm * radius
    sweep = period * (motion.velocity.norm + turning + gravity * period)
  }

  /// Whether a point may be above it, or in it.
  func mayBeBelow(_ point: Vector<World, Double>) -> Bool {
    let offset = point - pose.position
    return offset.x * offset.x + offset.y * offset.y <= radius * radius && offset.z >= -radius
  }

  /// Whether it may come within some distance of a point in the next step. [m]
  func isWithin(_ distance: Double, of point: Vector<World, Double>) -> Bool {
    let reach = distance + sweep
    let local = pose.attitude.inverse(point - pose.position)
    let outside = Vector<Body, Double>(
      max(0, abs(local.x) - halfSize.x), max(0, abs(local.y) - halfSize.y),
      max(0, abs(local.z) - halfSize.z))
    return outside.squaredNorm < reach * reach
  }
}
