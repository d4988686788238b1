import Drone
import SpatialMath

/// Drones that a level floor pushes: rigid bodies, and how they move while their contacts are solved.
struct FloorBody<S: Lanes> {
  /// How fast they move and turn. [m/s, rad/s]
  struct Motion {
    var velocity: Vector<World, S>
    var angularVelocity: Vector<World, S>

    /// The velocity of a point. [m/s]
    @inline(__always)
    func velocity(at arm: Vector<World, S>) -> Vector<World, S> {
      velocity + angularVelocity.cross(arm)
    }
  }

  /// How they would move without the floor.
  let start: Motion
  private(set) var motion: Motion
  private let inverseMass: S
  private let inverseInertia: SymmetricMatrix<World, S>
  /// Coulomb's coefficient. [–]
  let friction: S
  /// The change of speed that is not worth another pass. [m/s]
  let tolerance: S

  /// The tolerance of drones that hardly move; what the floor leaves slower rests. [m/s]
  static var leastTolerance: Double { 1e-7 }
  /// That of others, of their speed. [–]
  private static var relativeTolerance: Double { 1e-5 }

  @inline(__always)
  init(_ drones: FloorMeeting<S>) {
    start = Motion(
      velocity: drones.velocity, angularVelocity: drones.attitude(drones.bodyRates))
    motion = start
    inverseMass = drones.inverseMass
    inverseInertia = drones.attitude.turned(diagonal: drones.inverseInertia)
    friction = drones.friction
    let speed = drones.velocity.norm + drones.radius * drones.bodyRates.norm
    tolerance = S(Self.leastTolerance) + S(Self.relativeTolerance) * speed
  }

  /// The velocity of a point. [m/s]
  @inline(__always)
  func velocity(at arm: Vector<World, S>) -> Vector<World, S> { motion.velocity(at: arm) }

  /// How fast a point rises. [m/s]
  @inline(__always)
  func verticalSpeed(at arm: Vector<World, S>) -> S {
    motion.velocity.z + (motion.angularVelocity.x * arm.y - motion.angularVelocity.y * arm.x)
  }

  /// Pushes the drones of some lanes at a point. [N·s]
  @inline(__always)
  mutating func push(_ impulse: Vector<World, S>, at arm: Vector<World, S>, where mask: S.Mask) {
    push(impulse, torque: arm.cross(impulse), where: mask)
  }

  /// Pushes and turns the drones of some lanes. [N·s, N·m·s]
  @inline(__always)
  mutating func push(_ impulse: Vector<World, S>, torque: Vector<World, S>, where mask: S.Mask) {
    let velocity = motion.velocity + inverseMass * impulse
    let angularVelocity = motion.angularVelocity + inverseInertia(torque)
    motion.velocity = motion.velocity.replacing(with: velocity, where: mask)
    motion.angularVelocity = motion.angularVelocity.replacing(with: angularVelocity, where: mask)
  }

  /// What velocity an impulse at a point gives that point: 1 / m − [r] J [r], with J the inverse of the
  /// inertia and [r] v = r × v. [1/kg]
  @inline(__always)
  func mobility(at r: Vector<World, S>) -> SymmetricMatrix<World, S> {
    let j = inverseInertia
    let (xx, yy, zz) = (r.x * r.x, r.y * r.y, r.z * r.z)
    let (xy, xz, yz) = (r.x * r.y, r.x * r.z, r.y * r.z)
    return SymmetricMatrix(
      xx: inverseMass + (j.yy * zz + j.zz * yy - S(2) * (j.yz * yz)),
      yy: inverseMass + (j.xx * zz + j.zz * xx - S(2) * (j.xz * xz)),
      zz: inverseMass + (j.xx * yy + j.yy * xx - S(2) * (j.xy * xy)),
      xy: j.yz * xz + j.xz * yz - j.zz * xy - j.xy * zz,
      xz: j.yz * xy + j.xy * yz - j.yy * xz - j.xz * yy,
      yz: j.xz * xy + j.xy * xz - j.xx * yz - j.yz * xx)
  }
}
