import Bullet
import Geometry
import SpatialMath

/// The step of the reference recordings. [s]
let dt = 1.0 / 240

/// The gravity of the reference recordings. [m/s²]
let gravity = Vector<World, Double>(0, 0, -9.8)

/// Vehicles that only fall, tumble and touch: the smallest flight around a world.
///
/// Semi-implicit Euler with the exponential map. All moments of inertia are equal, so that angular
/// velocities do not change in flight.
struct Flight: ~Copyable {
  /// A Crazyflie 2, as the reference recordings have it.
  static let outline = Shape.cylinder(radius: 0.06, height: 0.025)
  static let mass = 0.027
  static let moment = 1.4e-5

  var world: BulletWorld
  var obstacles: [BodyID] = []
  var vehicles: [VehicleMotion] = []
  var gravity: Vector<World, Double>

  init(
    gravity: Vector<World, Double> = BulletTests.gravity, obstacles: [RigidBody] = []
  ) throws {
    var world = try BulletWorld(gravity: gravity)
    for obstacle in obstacles { self.obstacles.append(try world.add(obstacle)) }
    self.world = world
    self.gravity = gravity
  }

  mutating func add(
    _ shape: Shape = outline, at pose: Pose<Double>, velocity: Vector<World, Double> = .zero,
    angularVelocity: Vector<World, Double> = .zero, friction: Double = 0.5,
    restitution: Double = 0, marginOutside: Bool = false
  ) throws {
    let moment = Self.moment
    let vehicle = try world.addVehicle(
      shape, mass: Self.mass, inertia: Vector(moment, moment, moment), friction: friction,
      restitution: restitution, marginOutside: marginOutside)
    vehicles.append(
      VehicleMotion(vehicle, pose: pose, velocity: velocity, angularVelocity: angularVelocity))
  }

  mutating func step(by duration: Double = dt) {
    for i in vehicles.indices { vehicles[i].velocity += duration * gravity }
    world.solve(step: duration, vehicles: &vehicles)
    for i in vehicles.indices {
      vehicles[i].position += duration * vehicles[i].velocity
      let turn = Rotation(rotationVector: duration * vehicles[i].angularVelocity)
      vehicles[i].attitude = turn.after(vehicles[i].attitude).normalized
    }
  }

  mutating func step(times: Int) {
    for _ in 0..<times { step() }
  }

  /// The kinetic energy of all vehicles and their potential energy above z = 0. [J]
  var energy: Double {
    vehicles.reduce(0) { sum, v in
      sum + Self.mass * (0.5 * v.velocity.squaredNorm - gravity.dot(v.position))
        + 0.5 * Self.moment * v.angularVelocity.squaredNorm
    }
  }

  /// The bits of everything that a flight is.
  var bits: [UInt64] {
    vehicles.flatMap { v in
      [
        v.position.x, v.position.y, v.position.z, v.attitude.x, v.attitude.y, v.attitude.z,
        v.attitude.w, v.velocity.x, v.velocity.y, v.velocity.z, v.angularVelocity.x,
        v.angularVelocity.y, v.angularVelocity.z, Double(v.contactCount),
      ].map(\.bitPattern)
    }
  }
}

extension BulletWorld {
  /// Solves over an array.
  mutating func solve(step duration: Double, vehicles: inout [VehicleMotion]) {
    var span = vehicles.mutableSpan
    solve(step: duration, vehicles: &span)
  }
}

extension Pose<Double> {
  /// The pose at a point, turned by angles.
  init(_ x: Double, _ y: Double, _ z: Double, roll: Double = 0, pitch: Double = 0, yaw: Double = 0)
  {
    self.init(
      position: Vector(x, y, z),
      attitude: Rotation(RollPitchYaw(roll: roll, pitch: pitch, yaw: yaw)))
  }
}

/// A floor that the reference recordings would take for theirs.
let ground = RigidBody(.plane, friction: 1)
