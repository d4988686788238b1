import Parameters
package import SpatialMath

extension MappingReader {
  /// Reads `rpy` or `attitude`, where one of them is there.
  package mutating func attitude() -> Rotation<Body, World, Double>? {
    let angles: Vector<World, Double>? = optional(
      "rpy", "roll, pitch and yaw, in place of attitude", usual: "[0.0, 0.0, 0.0]"
    ) { value in
      value.vector(in: .angles, unit: "rad")
    }
    let quaternion = optional(
      "attitude", "the unit quaternion x, y, z, w from the body to the world, in place of rpy",
      usual: "that of rpy"
    ) { $0.unitQuaternion() }
    if angles != nil, quaternion != nil {
      reject("stands beside rpy", at: "attitude", expected: "only one of them")
    }
    return quaternion
      ?? angles.map { Rotation(RollPitchYaw(roll: $0.x, pitch: $0.y, yaw: $0.z)) }
  }
}

extension NumberRange {
  /// Angles; beyond them neighbouring numbers are more than a ten-thousandth apart. [rad]
  static let angles = within(-1e12...1e12)
}

extension ValueReader {
  /// Four numbers: the quaternion x, y, z, w of a rotation.
  package func unitQuaternion() -> Rotation<Body, World, Double>? {
    guard let q = list(count: 4...4, { $0.number() }), q.count == 4 else { return nil }
    let rotation = Rotation<Body, World, Double>(x: q[0], y: q[1], z: q[2], w: q[3])
    guard abs(rotation.squaredNorm - 1) < 1e-6 else {
      return reject("is not of length 1", expected: "a unit quaternion x, y, z, w")
    }
    // One that is of length 1 already stays as it is, so that what was written is read as the same.
    return abs(rotation.squaredNorm - 1) < 1e-15 ? rotation : rotation.normalized
  }
}
