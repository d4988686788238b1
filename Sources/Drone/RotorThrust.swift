public import SpatialMath

/// What the rotors of a vehicle do to it together.
///
/// With the thrust fᵢ of the rotor at rᵢ and its yaw torque qᵢ, both of its ``RotorCurve``:
///
///     T = Σ fᵢ      A = Σ fᵢ rᵢ      Q = Σ qᵢ
@frozen @usableFromInline
package struct RotorThrust<S: Lanes>: Sendable, BitwiseCopyable {
  /// The thrust of each rotor, fᵢ. [N]
  @usableFromInline package var forces: PerRotor<S>
  /// The thrust of all rotors, T. [N]
  @usableFromInline package var total: S
  /// The rotors' positions weighted with their thrust, A. [N·m]
  @usableFromInline package var moment: Vector<Body, S>
  /// The yaw torque of all rotors, Q. [N·m]
  @usableFromInline package var yaw: S

  /// The thrust of rotors at these speeds. [rpm]
  @inlinable @inline(__always)
  package init(speeds: PerRotor<S>, parameters: DroneParameters<S>) {
    forces = speeds.zip(parameters.thrustCurves) { $1.value(at: $0) }
    let arms = forces.zip(parameters.rotorPositions) { $0 * $1 }
    total = forces.sum
    moment = arms.r0 + arms.r1 + (arms.r2 + arms.r3)
    let torques = speeds.zip(parameters.torqueCurves) { $1.value(at: $0) }
    yaw = torques.zip(parameters.yawSigns) { $0 * $1 }.sum
  }

  /// That of rotors that rest.
  @inlinable
  package static var none: Self {
    Self(forces: PerRotor(repeating: .zero), total: .zero, moment: .zero, yaw: .zero)
  }

  @inlinable
  init(forces: PerRotor<S>, total: S, moment: Vector<Body, S>, yaw: S) {
    (self.forces, self.total, self.moment, self.yaw) = (forces, total, moment, yaw)
  }

  /// The wrench of thrust along the body's z axis: force (0, 0, T), torque A × z + Q z.
  @inlinable @inline(__always)
  package var wrench: Wrench<Body, S> {
    Wrench(force: Vector(.zero, .zero, total), torque: Vector(moment.y, -moment.x, yaw))
  }

  /// The wrench of thrust along another axis n of length 1: force T n, torque A × n + Q n.
  @inlinable @inline(__always)
  package func wrench(along axis: Vector<Body, S>) -> Wrench<Body, S> {
    Wrench(force: total * axis, torque: moment.cross(axis) + yaw * axis)
  }
}
