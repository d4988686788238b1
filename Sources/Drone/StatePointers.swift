package import SpatialMath

/// The addresses of a caller's buffers for how drones move.
///
/// Numbers of one kind stand component by component, and row by row within a component: component `c` of
/// row `i` is number `c * rowCount + i`. Rows are drones. A buffer that is left out is not touched.
@unsafe
package struct StatePointers: @unchecked Sendable {
  /// How many rows there are in all.
  package let rowCount: Int
  /// Where the drones are: 3 components. [m]
  package var position: UnsafeMutablePointer<Double>?
  /// The rotations from body to world, quaternions x, y, z, w: 4 components. [–]
  package var attitude: UnsafeMutablePointer<Double>?
  /// The velocities in the world: 3 components. [m/s]
  package var velocity: UnsafeMutablePointer<Double>?
  /// The angular velocities along the body's axes: 3 components. [rad/s]
  package var bodyRates: UnsafeMutablePointer<Double>?
  /// The speeds at which rotors turn: 4 components. [rpm]
  package var rotorSpeeds: UnsafeMutablePointer<Double>?
  /// How many points of each touched something at once. [–]
  package var contacts: UnsafeMutablePointer<Int32>?
  /// The time since the start. [s]
  package var time: UnsafeMutablePointer<Double>?

  /// No buffers, for so many rows.
  package init(rowCount: Int) { unsafe self.rowCount = rowCount }

  /// The buffers from a row on.
  package func advanced(to row: Int) -> StatePointers {
    var part = unsafe self
    unsafe part.position = unsafe position.map { unsafe $0 + row }
    unsafe part.attitude = unsafe attitude.map { unsafe $0 + row }
    unsafe part.velocity = unsafe velocity.map { unsafe $0 + row }
    unsafe part.bodyRates = unsafe bodyRates.map { unsafe $0 + row }
    unsafe part.rotorSpeeds = unsafe rotorSpeeds.map { unsafe $0 + row }
    unsafe part.contacts = unsafe contacts.map { unsafe $0 + row }
    unsafe part.time = unsafe time.map { unsafe $0 + row }
    return unsafe part
  }
}

// Writing, a group at a time.
extension StatePointers {
  /// Writes how the first drones of a group move, from a row on.
  @inline(__always)
  package func write(_ state: DroneState<DroneLanes>, from row: Int, count: Int) {
    unsafe put(state.position, at: position, row, count)
    if let attitude = unsafe attitude {
      let q = state.attitude
      unsafe put(q.x, at: attitude + row, count)
      unsafe put(q.y, at: attitude + rowCount + row, count)
      unsafe put(q.z, at: attitude + 2 * rowCount + row, count)
      unsafe put(q.w, at: attitude + 3 * rowCount + row, count)
    }
    unsafe put(state.velocity, at: velocity, row, count)
    unsafe put(state.bodyRates, at: bodyRates, row, count)
    guard let rotorSpeeds = unsafe rotorSpeeds else { return }
    for rotor in 0..<4 {
      unsafe put(state.rotorSpeeds[rotor], at: rotorSpeeds + rotor * rowCount + row, count)
    }
  }

  /// Writes the components of vectors.
  @inline(__always)
  package func put<F>(
    _ vector: Vector<F, DroneLanes>, at start: UnsafeMutablePointer<Double>?, _ row: Int,
    _ count: Int
  ) {
    guard let start = unsafe start else { return }
    unsafe put(vector.x, at: start + row, count)
    unsafe put(vector.y, at: start + rowCount + row, count)
    unsafe put(vector.z, at: start + 2 * rowCount + row, count)
  }

  /// Writes the first numbers of a group's lanes.
  @inline(__always)
  package func put(_ lanes: DroneLanes, at start: UnsafeMutablePointer<Double>, _ count: Int) {
    if count == DroneLanes.laneCount {
      unsafe UnsafeMutableRawPointer(start).storeBytes(of: lanes, as: DroneLanes.self)
    } else {
      for lane in 0..<count { unsafe start[lane] = lanes[lane: lane] }
    }
  }
}

// Reading, a drone at a time.
extension StatePointers {
  /// Puts what there is of a row in the place of a drone's state.
  package func read(_ row: Int, into state: inout DroneState<Double>) {
    if let p = unsafe vector(position, row, of: World.self) { state.position = p }
    if let v = unsafe vector(velocity, row, of: World.self) { state.velocity = v }
    if let w = unsafe vector(bodyRates, row, of: Body.self) { state.bodyRates = w }
    if let start = unsafe attitude {
      state.attitude = unsafe Rotation(
        x: start[row], y: start[rowCount + row], z: start[2 * rowCount + row],
        w: start[3 * rowCount + row])
    }
    if let start = unsafe rotorSpeeds {
      state.rotorSpeeds = unsafe PerRotor(
        start[row], start[rowCount + row], start[2 * rowCount + row], start[3 * rowCount + row])
    }
  }

  private func vector<F: Frame>(
    _ start: UnsafeMutablePointer<Double>?, _ row: Int, of frame: F.Type
  ) -> Vector<F, Double>? {
    unsafe start.map { start in
      unsafe Vector(start[row], start[rowCount + row], start[2 * rowCount + row])
    }
  }
}

// Writing, a drone at a time.
extension StatePointers {
  /// Writes how a drone moves.
  package func write(_ state: DroneState<Double>, row: Int) {
    unsafe put(state.position, at: position, row: row)
    unsafe put(state.velocity, at: velocity, row: row)
    unsafe put(state.bodyRates, at: bodyRates, row: row)
    if let start = unsafe attitude {
      let q = state.attitude
      unsafe (start[row], start[rowCount + row]) = (q.x, q.y)
      unsafe (start[2 * rowCount + row], start[3 * rowCount + row]) = (q.z, q.w)
    }
    guard let start = unsafe rotorSpeeds else { return }
    for rotor in 0..<4 { unsafe start[rotor * rowCount + row] = state.rotorSpeeds[rotor] }
  }

  /// Writes the components of a vector.
  package func put<F>(
    _ vector: Vector<F, Double>, at start: UnsafeMutablePointer<Double>?, row: Int
  ) {
    guard let start = unsafe start else { return }
    unsafe (start[row], start[rowCount + row]) = (vector.x, vector.y)
    unsafe start[2 * rowCount + row] = vector.z
  }
}
