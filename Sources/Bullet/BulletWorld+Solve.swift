internal import CBullet
package import SpatialMath

extension BulletWorld {
  /// Solves the contacts of one step.
  ///
  /// In come the poses of vehicles at the start of the step, and the velocities that they would end
  /// it with if nothing were near. Where contacts push, the velocities are replaced, so that
  /// positions may be integrated with them; everything else comes back bit-identical. Vehicles that
  /// are not listed are not there. Dynamic obstacles advance to the end of the step.
  ///
  /// A body is slowed before it meets another, by so much that it just reaches it, so nothing passes
  /// through anything however fast it flies; bodies that pass each other without touching do not feel
  /// each other. A contact that bounces reverses within the step in which it falls, up to one step's
  /// travel early. Bodies that start inside one another come apart at no more than 1 m/s.
  ///
  /// The order of the list has no influence. A vehicle that is listed twice takes part where it
  /// stands first; an entry that is not finite takes no part, and comes back as it was; a duration
  /// that is not positive and finite solves nothing. Nothing is allocated in a step that is like the
  /// steps before it.
  ///
  /// - Parameters:
  ///   - duration: How long the step is. [s]
  ///   - vehicles: The vehicles that may touch something; changed in place.
  package mutating func solve(step duration: Double, vehicles: inout MutableSpan<VehicleMotion>) {
    let handle = unsafe handle
    let hadMemory = unsafe vehicles.withUnsafeMutableBufferPointer { buffer in
      // unsafe: the entries are laid out as C declares them, and C is done with them on return.
      unsafe UnsafeMutableRawPointer(buffer.baseAddress).map { entries in
        unsafe cb_world_solve(
          handle, duration, entries.assumingMemoryBound(to: cb_vehicle_motion.self),
          Int32(buffer.count))
      } ?? cb_world_solve(handle, duration, nil, 0)
    }
    guard hadMemory else { fatalError("no memory for contacts") }
  }

  /// Gives a vehicle another mass and inertia.
  ///
  /// - Parameters:
  ///   - mass: The mass. [kg]
  ///   - inertia: The principal moments of inertia, about the body's axes. [kg·m²]
  ///   - vehicle: The vehicle.
  /// - Throws: ``BulletError`` if a number is not finite or out of range.
  package mutating func setMass(
    _ mass: Double, inertia: Vector<Body, Double>, of vehicle: VehicleID
  ) throws(BulletError) {
    try Self.checkVehicle(mass: mass, inertia: inertia)
    unsafe cb_world_set_mass(handle, vehicle.index, mass, cb_vector(inertia))
  }

  /// How an obstacle moves now.
  package mutating func motion(of body: BodyID) -> BodyMotion {
    var motion = cb_motion()
    // unsafe: C writes to the local before it returns.
    unsafe cb_world_get_motion(handle, body.index, &motion)
    return BodyMotion(motion)
  }

  /// Moves an obstacle; a dynamic one also takes the velocities.
  ///
  /// Motions read and set again are the same, bit for bit.
  ///
  /// - Throws: ``BulletError`` if the motion is not finite, or its attitude not a rotation.
  package mutating func setMotion(_ motion: BodyMotion, of body: BodyID) throws(BulletError) {
    try check(motion)
    var motion = cb_motion(motion)
    // unsafe: C reads the local before it returns.
    unsafe cb_world_set_motion(handle, body.index, &motion)
  }

  /// Writes the contacts of the last solve that pushed or overlapped over what `contacts` holds.
  package mutating func readContacts(into contacts: inout [Contact]) {
    contacts.removeAll(keepingCapacity: true)
    var count: Int32 = 0
    // unsafe: C owns `count` contacts there until the next call, and this one ends before that.
    let first = unsafe cb_world_contacts(handle, &count)
    unsafe contacts.append(
      contentsOf: UnsafeBufferPointer(start: first, count: Int(count)).lazy.map { Contact($0) })
  }
}
