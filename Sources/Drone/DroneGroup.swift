public import SpatialMath

/// A group of drones on its way through a step, a lane a drone.
@frozen
@usableFromInline
package struct DroneGroup<S: Lanes>: Sendable, BitwiseCopyable {
  /// The states at the start of the step; their rotor speeds are still those of the step before.
  @usableFromInline package var state: DroneState<S>
  /// The attitudes of ``state`` as matrices.
  @usableFromInline package var attitude: RotationMatrix<Body, World, S>
  /// The rotor speeds that act over this step. [rpm]
  @usableFromInline package var rotorSpeeds: PerRotor<S>
  /// The thrust of all rotors of each drone at ``rotorSpeeds``, without effects. [N]
  @usableFromInline package var thrust: S
  /// The velocity of the air around each drone, in the world. [m/s]
  @usableFromInline package var wind: Vector<World, S>
  /// The height of the surface below each drone, in the world. [m]
  @usableFromInline package var surfaceHeight: S
  /// The wrench on each about its centre of mass, as far as it is summed up. [N, N·m]
  @usableFromInline package var wrench: Wrench<Body, S>
  /// The attitudes in which forces of ``PhysicsPreset/gpd`` act: those of the step before.
  @usableFromInline package var linkFrame: RotationMatrix<Body, World, S>
  /// How rotors respond to the commands of the steps under way.
  @usableFromInline package var response: PerRotor<RotorResponse<S>>

  /// Drones in some state, with rotors at rest in still air above a surface at height 0.
  @inlinable @inline(__always)
  package init(state: DroneState<S> = DroneState()) {
    self.state = state
    attitude = RotationMatrix(.identity)
    rotorSpeeds = PerRotor(repeating: .zero)
    (thrust, wind, surfaceHeight, wrench) = (.zero, .zero, .zero, .zero)
    linkFrame = attitude
    response = PerRotor(repeating: .none)
  }
}
