public import SpatialMath

/// What a step works out for a group of drones on its way, a lane a drone; and the air and the surface that
/// it finds.
@frozen
@usableFromInline
package struct StepValues<S: Lanes>: Sendable, BitwiseCopyable {
  /// The attitudes at the start of the step as matrices.
  @usableFromInline package var attitude: RotationMatrix<Body, World, S>
  /// The rotor speeds that act over this step. [rpm]
  @usableFromInline package var rotorSpeeds: PerRotor<S>
  /// What the rotors do to each drone at ``rotorSpeeds``, without effects.
  @usableFromInline package var rotorThrust: RotorThrust<S>
  /// The velocity of the air around each drone, in the world. [m/s]
  @usableFromInline package var wind: Vector<World, S>
  /// What shakes each drone: noise of variance 1 about its body's axes. [–]
  @usableFromInline package var noise: Vector<Body, S>
  /// The height of the surface below each drone, in the world. [m]
  @usableFromInline package var surfaceHeight: S
  /// The wrench on each about its centre of mass, as far as it is summed up. [N, N·m]
  @usableFromInline package var wrench: Wrench<Body, S>
  /// The attitudes in which forces of ``PhysicsPreset/gpd`` act: those of the step before.
  @usableFromInline package var linkFrame: RotationMatrix<Body, World, S>
  /// How rotors respond to the commands of the steps under way.
  @usableFromInline package var response: PerRotor<RotorResponse<S>>

  /// Drones whose rotors rest in still air above a surface at height 0.
  @inlinable @inline(__always)
  package init() {
    attitude = RotationMatrix(.identity)
    rotorSpeeds = PerRotor(repeating: .zero)
    rotorThrust = .none
    (wind, noise, surfaceHeight, wrench) = (.zero, .zero, .zero, .zero)
    linkFrame = attitude
    response = PerRotor(repeating: .none)
  }
}
