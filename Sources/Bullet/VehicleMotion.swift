internal import CBullet
package import SpatialMath

/// A vehicle of one world.
package struct VehicleID: Sendable, BitwiseCopyable, Hashable {
  let index: Int32
}

/// An obstacle of one world, the floor included.
package struct BodyID: Sendable, BitwiseCopyable, Hashable {
  let index: Int32
}

/// Where a body is and how it moves.
package struct BodyMotion: Sendable, BitwiseCopyable, Equatable {
  /// The position of the centre of mass, and the attitude. [m], [–]
  package var pose: Pose<Double>
  /// The velocity of the centre of mass. [m/s]
  package var velocity: Vector<World, Double>
  /// The angular velocity. [rad/s]
  package var angularVelocity: Vector<World, Double>

  /// The motion with this pose and these velocities.
  package init(
    pose: Pose<Double>, velocity: Vector<World, Double> = .zero,
    angularVelocity: Vector<World, Double> = .zero
  ) {
    (self.pose, self.velocity, self.angularVelocity) = (pose, velocity, angularVelocity)
  }
}

/// A vehicle's part in a solve: what goes in, and what comes back in its place.
///
/// It is laid out as Bullet's C interface reads it, so that a whole swarm crosses without a copy.
package struct VehicleMotion: Sendable, BitwiseCopyable, Equatable {
  /// The position at the start of the step. [m]
  package var position: Vector<World, Double>
  /// The attitude at the start of the step. [–]
  package var attitude: Rotation<Body, World, Double>
  /// The velocity at the end of the step: in, as if nothing were near; out, as contacts leave it. [m/s]
  package var velocity: Vector<World, Double>
  /// The angular velocity at the end of the step, in and out alike. [rad/s]
  package var angularVelocity: Vector<World, Double>
  /// The vehicle that moves so.
  package var vehicle: VehicleID
  /// Out: how many points pushed it or overlapped with it. [–]
  package internal(set) var contactCount: Int32 = 0
  /// Out: whether any point pushed it.
  ///
  /// If none did, its velocities are what they were, bit for bit.
  package internal(set) var isTouched = false

  /// The part of a vehicle that starts the step in this pose and would end it with these velocities.
  package init(
    _ vehicle: VehicleID, pose: Pose<Double>, velocity: Vector<World, Double>,
    angularVelocity: Vector<World, Double>
  ) {
    (position, attitude) = (pose.position, pose.attitude)
    (self.velocity, self.angularVelocity) = (velocity, angularVelocity)
    self.vehicle = vehicle
  }
}

/// A point at which two bodies met in the last solve.
package struct Contact: Sendable, BitwiseCopyable, Equatable {
  /// One of the two that meet.
  package enum Participant: Sendable, BitwiseCopyable, Hashable {
    /// A vehicle.
    case vehicle(VehicleID)
    /// An obstacle or the floor.
    case body(BodyID)
  }

  /// The one that is pushed along the normal.
  package let first: Participant
  /// The one that is pushed against the normal.
  package let second: Participant
  /// The point, on the surface of `second`. [m]
  package let position: Vector<World, Double>
  /// The direction from `second` to `first`. [–]
  package let normal: Vector<World, Double>
  /// How far they overlap at the start of the step, negative for a gap. [m]
  package let depth: Double
  /// The impulse along the normal, 0 or above. [N·s]
  package let impulse: Double
}

// Conversions to and from what Bullet's C interface speaks of.

extension cb_vector {
  init<F: Frame>(_ v: Vector<F, Double>) { self.init(x: v.x, y: v.y, z: v.z) }
}

extension Vector where S == Double {
  init(_ v: cb_vector) { self.init(v.x, v.y, v.z) }
}

extension cb_motion {
  init(_ motion: BodyMotion) {
    let q = motion.pose.attitude
    self.init(
      position: cb_vector(motion.pose.position),
      attitude: cb_quaternion(x: q.x, y: q.y, z: q.z, w: q.w),
      velocity: cb_vector(motion.velocity), angular_velocity: cb_vector(motion.angularVelocity))
  }
}

extension BodyMotion {
  init(_ m: cb_motion) {
    let q = m.attitude
    self.init(
      pose: Pose(
        position: Vector(m.position), attitude: Rotation(x: q.x, y: q.y, z: q.z, w: q.w)),
      velocity: Vector(m.velocity), angularVelocity: Vector(m.angular_velocity))
  }
}

extension Contact.Participant {
  init(name: Int32) {
    self = name >= 0 ? .vehicle(VehicleID(index: name)) : .body(BodyID(index: -1 - name))
  }
}

extension Contact {
  init(_ c: cb_contact) {
    self.init(
      first: Participant(name: c.first), second: Participant(name: c.second),
      position: Vector(c.position),
      normal: Vector(c.normal), depth: c.depth, impulse: c.impulse)
  }
}
