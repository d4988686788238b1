public import SpatialMath

/// The angular momentum of a vehicle's rotors about their own axes.
///
///     h = J Σ sᵢ Ωᵢ      along the body's z axis [N·m·s]
///
/// with the moment of inertia J of a rotor with its motor, its speed Ω in rad/s and the direction s of
/// its spin, 1 for counterclockwise from above. The body feels −ω × h z, which does no work, and
/// −dh/dt about z.
@usableFromInline
package struct RotorMomentum<S: Lanes> {
  /// The momentum h. [N·m·s]
  @usableFromInline package var momentum: S

  /// The momentum of rotors at these speeds. [rpm]
  @inlinable @inline(__always)
  package init(speeds: PerRotor<S>, parameters: DroneParameters<S>) {
    // A rotor that spins counterclockwise pushes the body clockwise: s is minus the yaw sign.
    let spin = speeds.zip(parameters.yawSigns) { $0 * $1 }.sum
    momentum = S(-.pi / 30) * parameters.rotorInertia * spin
  }
}
