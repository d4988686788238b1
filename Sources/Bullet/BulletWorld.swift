internal import CBullet
package import Geometry
package import SpatialMath

/// The bodies that vehicles may touch, and what happens when they do, by Bullet.
///
/// A world consists of separate subworlds. Bodies in different subworlds never meet, and what happens in
/// one subworld does not change another by a bit; so a batch of simulations shares one world and its
/// memory.
///
/// Vehicles are flown elsewhere: a step hands their poses and intended velocities to
/// ``solve(step:vehicles:)``, which changes the velocities of those that meet something, and
/// integrates nothing but dynamic obstacles. A step is a pure function of what it is handed and of the
/// motions of the dynamic obstacles: contacts have no memory, so a world that is put back where it was
/// goes on as it did, to the last bit, in any process and on any thread.
///
/// A world has one owner and is freed with it. It is `Sendable`, though the
/// compiler cannot see why: it may move between threads but never be used by two at once, as
/// `~Copyable` and `mutating` enforce, and no step of one world reads what a step of another writes.
/// (Bullet's globals are settings, which this package never changes, and counters for debugging.)
@safe
package struct BulletWorld: ~Copyable, @unchecked Sendable {
  let handle: OpaquePointer
  private var outlines: [(outline: Outline, index: Int32)] = []
  /// How many subworlds there are.
  package let subworldCount: Int

  /// A world without bodies.
  ///
  /// - Parameters:
  ///   - gravity: What pulls on dynamic obstacles; vehicles bring theirs in their velocities. [m/s²]
  ///   - subworlds: How many subworlds there are.
  /// - Throws: ``BulletError`` if gravity is not finite.
  package init(gravity: Vector<World, Double>, subworlds: Int = 1) throws(BulletError) {
    precondition(subworlds >= 1, "a world has at least one subworld, not \(subworlds)")
    subworldCount = subworlds
    precondition(
      MemoryLayout<VehicleMotion>.stride == MemoryLayout<cb_vehicle_motion>.stride
        && MemoryLayout<Ray>.stride == MemoryLayout<cb_ray>.stride
        && MemoryLayout<RayHit>.stride == MemoryLayout<cb_ray_hit>.stride,
      "what crosses is laid out as in C")
    try check(gravity, "gravity")
    // unsafe: C makes what this struct owns.
    guard let handle = unsafe cb_world_create(cb_vector(gravity), Int32(subworlds)) else {
      fatalError("no memory for a world")
    }
    unsafe self.handle = handle
  }

  // unsafe: the handle is this struct's alone, and ends here.
  deinit { unsafe cb_world_destroy(handle) }

  /// Adds the floor or an obstacle to a subworld: fixed; dynamic, moved by Bullet, if it has a mass; or
  /// kinematic, moved by ``setMotion(_:of:)``, if its motion is scheduled.
  ///
  /// The surface is that of the shape, exactly; a cylinder is a prism of 32 sides. A dynamic body has
  /// its centre of mass at its origin; where its inertia is not given, its mass is spread evenly through
  /// it, and a hull or compound has the inertia of the box that bounds it.
  ///
  /// - Throws: ``BulletError`` if a number is not finite or out of range, or the shape is not solid.
  package mutating func add(_ body: RigidBody, to subworld: Int = 0) throws(BulletError) -> BodyID {
    let motion = BodyMotion(pose: body.pose)
    try check(motion)
    if body.mass != 0 {
      try check(body.mass, "the mass of a dynamic body", in: smallest...largest)
      if body.motion != nil { throw .scheduledMotionWithMass }
    }
    for keyframe in body.motion?.keyframes ?? [] { try check(BodyMotion(pose: keyframe.pose)) }
    let parts = try parts(of: body.shape)
    guard !parts.isEmpty else { throw .emptyCompound }
    let inertia = try inertia(of: body)
    var properties = try properties(
      mass: body.mass, inertia: inertia, friction: body.friction, restitution: body.restitution,
      filter: cb_filter(groups: body.groups.rawValue, mask: body.collidesWith.rawValue))
    properties.is_kinematic = body.motion != nil
    let handle = unsafe handle
    let place = Int32(checked(subworld))
    return unsafe withUnsafePointer(to: properties) { properties in
      unsafe withUnsafePointer(to: cb_motion(motion)) { motion in
        unsafe parts.withUnsafeBufferPointer { parts in
          guard let first = parts.baseAddress else { fatalError("a body has parts") }
          // unsafe: C reads all three pointers before it returns.
          return BodyID(
            index: added(
              unsafe cb_world_add_body(
                handle, place, first, Int32(parts.count), properties, motion)))
        }
      }
    }
  }

  /// The moments of inertia of an obstacle, 0 for one that nothing moves. [kg·m²]
  private func inertia(of body: RigidBody) throws(BulletError) -> Vector<Body, Double> {
    guard body.mass != 0 else { return .zero }
    // Refuses what has no inside, whatever its inertia is said to be.
    let even = try body.shape.inertia(ofMass: body.mass)
    guard let given = body.inertia else { return even }
    for moment in [given.x, given.y, given.z] {
      try check(moment, "a moment of inertia", in: smallestInertia...largest)
    }
    return given
  }

  /// Adds a vehicle, which is nowhere until a solve lists it.
  ///
  /// - Parameters:
  ///   - shape: The outline about the centre of mass, convex or a compound of convex shapes; a cylinder
  ///     is a prism of 32 sides.
  ///   - subworld: The subworld that it is in.
  ///   - mass: The mass. [kg]
  ///   - inertia: The principal moments of inertia, about the body's axes. [kg·m²]
  ///   - friction: Coulomb's coefficient; a contact takes the product of both bodies'. [–]
  ///   - restitution: The share of the closing speed that a contact gives back; a contact takes the
  ///     product of both bodies'. [–]
  ///   - marginOutside: Whether boxes, cylinders and hulls are grown by Bullet's collision margin of
  ///     1 mm, as PyBullet grows them.
  ///   - groups: The groups that it is in.
  ///   - collidesWith: The groups that it collides with.
  /// - Returns: What the vehicle is called in a solve.
  /// - Throws: ``BulletError`` if a number is not finite or out of range, or the shape is not solid.
  package mutating func addVehicle(
    _ shape: Shape, to subworld: Int = 0, mass: Double, inertia: Vector<Body, Double>,
    friction: Double = 0.5, restitution: Double = 0, marginOutside: Bool = false,
    groups: CollisionGroups = .drones, collidesWith: CollisionGroups = .all
  ) throws(BulletError) -> VehicleID {
    let properties = try properties(
      mass: mass, inertia: inertia, friction: friction, restitution: restitution,
      filter: cb_filter(groups: groups.rawValue, mask: collidesWith.rawValue))
    try Self.checkVehicle(mass: mass, inertia: inertia)
    for part in shape.parts {
      switch part.shape {
      case .plane, .mesh: throw .hollow
      default: continue
      }
    }
    let parts = try parts(of: shape, marginOutside: marginOutside)
    guard !parts.isEmpty else { throw .emptyCompound }
    let handle = unsafe handle
    let place = Int32(checked(subworld))
    return unsafe withUnsafePointer(to: properties) { properties in
      unsafe parts.withUnsafeBufferPointer { parts in
        guard let first = parts.baseAddress else { fatalError("a vehicle has parts") }
        // unsafe: C reads both pointers before it returns.
        return VehicleID(
          index: added(
            unsafe cb_world_add_vehicle(handle, place, first, Int32(parts.count), properties)))
      }
    }
  }

  /// Refuses the mass and inertia that no vehicle can have.
  ///
  /// - Parameters:
  ///   - mass: The mass. [kg]
  ///   - inertia: The principal moments of inertia. [kg·m²]
  /// - Throws: ``BulletError`` if a number is not finite or out of range.
  package static func checkVehicle(
    mass: Double, inertia: Vector<Body, Double>
  ) throws(BulletError) {
    try check(mass, "the mass of a vehicle", in: smallest...largest)
    for moment in [inertia.x, inertia.y, inertia.z] {
      try check(moment, "a vehicle's moment of inertia", in: smallestInertia...largest)
    }
  }

  /// The number of a subworld, if there is one of this number.
  private func checked(_ subworld: Int) -> Int {
    precondition(
      0..<subworldCount ~= subworld, "a subworld from 0 to \(subworldCount - 1), not \(subworld)")
    return subworld
  }

  /// The parts of a shape, their outlines among the world's.
  private mutating func parts(
    of shape: Shape, marginOutside: Bool = false
  ) throws(BulletError) -> [cb_part] {
    var parts: [cb_part] = []
    for part in shape.parts {
      try check(part.position, "the position of a part")
      let q = part.attitude
      let norm = q.squaredNorm.squareRoot()
      try check(norm, "the length of a part's quaternion", in: 0.99...1.01)
      let outline = try index(of: Outline(part.shape, marginOutside: marginOutside))
      parts.append(
        cb_part(
          position: cb_vector(part.position),
          attitude: cb_quaternion(x: q.x, y: q.y, z: q.z, w: q.w), shape: outline))
    }
    return parts
  }

  /// The index of an outline in the world, which keeps one of each.
  mutating func index(of outline: Outline) throws(BulletError) -> Int32 {
    if let known = outlines.first(where: { $0.outline == outline }) { return known.index }
    let handle = unsafe handle
    // unsafe: the description and its points live until the closure returns, and C copies them.
    let index = unsafe outline.withDescription { unsafe cb_world_add_shape(handle, $0) }
    guard index != CB_FLAT_HULL else { throw outline.refusal }
    outlines.append((outline, added(index)))
    return index
  }

  /// What C needs to know of a body's matter, checked.
  private func properties(
    mass: Double, inertia: Vector<Body, Double>, friction: Double, restitution: Double,
    filter: cb_filter
  ) throws(BulletError) -> cb_body_properties {
    try check(friction, "friction", in: 0...largest)
    try check(restitution, "restitution", in: 0...1)
    return cb_body_properties(
      mass: mass, inertia: cb_vector(inertia), friction: friction, restitution: restitution,
      filter: filter, is_kinematic: false)
  }
}

/// An index that C gives, where memory is all that could have lacked.
private func added(_ index: Int32) -> Int32 {
  guard index >= 0 else { fatalError("no memory for a body") }
  return index
}
