import Bullet
import Geometry
import SpatialMath

/// What a drone has to come near to before an obstacle matters: a box about it.
struct ObstacleBounds: BitwiseCopyable {
  let body: BodyID
  /// Whether contacts move it.
  let isDynamic: Bool
  /// Its coefficient of friction. [–]
  let friction: Double
  /// Whether drones that meet only its top meet a floor, as long as that is level: it is a box that nothing moves,
  /// from which nothing bounces.
  private let isPlatform: Bool
  /// Where it is. [m]
  private(set) var position: Vector<World, Double>
  private var attitude: RotationMatrix<Body, World, Double>
  /// The half edges of the box about it along the world's axes, slightly more, so that rounding leaves nothing
  /// out. [m]
  private var extent: Vector<World, Double>
  /// How far any of its points may move in a step. [m]
  private var sweep = 0.0
  /// The half edges of the box about it, along its own axes. [m]
  private let halfSize: Vector<Body, Double>
  /// The radius of the sphere about it. [m]
  private let radius: Double
  init(of obstacle: RigidBody, body: BodyID) {
    self.body = body
    isDynamic = obstacle.mass > 0
    friction = obstacle.friction
    isPlatform = obstacle.isPlatform
    position = obstacle.pose.position
    attitude = RotationMatrix(obstacle.pose.attitude)
    halfSize = obstacle.shape.halfSize
    radius = obstacle.shape.boundingRadius * (1 + 1e-9)
    extent = Self.extent(of: halfSize, turned: attitude)
  }

  /// Takes over how it moves, with the speed that free fall adds in a step. [m/s, s]
  mutating func update(_ motion: BodyMotion, fall: Double, period: Double) {
    position = motion.pose.position
    attitude = RotationMatrix(motion.pose.attitude)
    extent = Self.extent(of: halfSize, turned: attitude)
    let turning = motion.angularVelocity.norm * radius
    sweep = period * (motion.velocity.norm + turning + fall)
  }

  /// How far a box reaches along the world's axes, and a little farther than rounding errors. [m]
  private static func extent(
    of halfSize: Vector<Body, Double>, turned attitude: RotationMatrix<Body, World, Double>
  ) -> Vector<World, Double> {
    // A plane has no bounds, whichever way it lies.
    guard halfSize.isFinite else { return Vector(.infinity, .infinity, .infinity) }
    let magnitudes = attitude.zip(attitude) { axis, _ in abs(axis) }
    return (1 + 1e-9) * magnitudes(halfSize)
  }

  /// Whether a point may be above it, or in it.
  func mayBeBelow(_ point: Vector<World, Double>) -> Bool {
    let offset = point - position
    return abs(offset.x) <= extent.x && abs(offset.y) <= extent.y && offset.z >= -extent.z
  }

  /// The height of its top, where that is level and all of it that anything within some distance of a point
  /// can touch. [m]
  func levelTop(within distance: Double, of point: Vector<World, Double>) -> Double? {
    guard isPlatform, attitude.zAxis == Vector(0, 0, 1) else { return nil }
    let local = attitude.inverse(point - position)
    guard abs(local.x) + distance <= halfSize.x, abs(local.y) + distance <= halfSize.y,
      local.z >= halfSize.z
    else { return nil }
    return position.z + halfSize.z
  }

  /// Whether it may come within some distance of a point in the next step. [m]
  func isWithin(_ distance: Double, of point: Vector<World, Double>) -> Bool {
    let (reach, offset) = (distance + sweep, point - position)
    // Most are far off along some axis.
    guard abs(offset.x) <= extent.x + reach, abs(offset.y) <= extent.y + reach,
      abs(offset.z) <= extent.z + reach
    else { return false }
    guard offset.squaredNorm < (radius + reach) * (radius + reach) else { return false }
    let local = attitude.inverse(offset)
    let outside = Vector<Body, Double>(
      max(0, abs(local.x) - halfSize.x), max(0, abs(local.y) - halfSize.y),
      max(0, abs(local.z) - halfSize.z))
    return outside.squaredNorm < reach * reach
  }
}

extension RigidBody {
  /// Whether it is a box that nothing moves, that drones collide with, and from which nothing bounces.
  fileprivate var isPlatform: Bool {
    guard case .box = shape else { return false }
    return mass == 0 && motion == nil && restitution == 0 && groups == .obstacles
      && collidesWith == .all
  }
}

extension ScheduledMotion {
  /// How the body moves over the step from one time to another: at velocities that take it to where it
  /// is scheduled to be. [s]
  func motion(from start: Double, to end: Double) -> BodyMotion {
    let (from, to) = (pose(at: start), pose(at: end))
    let rate = 1 / (end - start)
    return BodyMotion(
      pose: from, velocity: rate * (to.position - from.position),
      angularVelocity: rate * to.attitude.after(from.attitude.inverse).rotationVector)
  }
}
