public import SpatialMath

/// Drones in the middle of a step as effects see them, a lane a drone: how they move, how their rotors
/// turn, the air around them, the surface below, and what the drones are.
///
/// It is good for as long as the effect is asked, and no longer: it looks at the numbers where the step
/// has them, for to copy them all would take longer than most effects.
@frozen
@safe
public struct FlightCondition<S: Lanes> {
  @usableFromInline let group: UnsafePointer<DroneGroup<S>>
  @usableFromInline let numbers: UnsafePointer<DroneParameters<S>>

  /// Drones where they are, and what they are.
  @unsafe
  @inlinable @inline(__always)
  package init(
    of group: UnsafePointer<DroneGroup<S>>, parameters: UnsafePointer<DroneParameters<S>>
  ) {
    unsafe (self.group, numbers) = (group, parameters)
  }

  /// The states at the start of the step; their rotor speeds are still those of the step before.
  @inlinable @inline(__always)
  public var state: DroneState<S> { unsafe group.pointee.state }

  /// The attitudes of ``state`` as matrices.
  @inlinable @inline(__always)
  public var attitude: RotationMatrix<Body, World, S> { unsafe group.pointee.attitude }

  /// The rotor speeds that act over this step. [rpm]
  @inlinable @inline(__always)
  public var rotorSpeeds: PerRotor<S> { unsafe group.pointee.rotorSpeeds }

  /// The thrust of all rotors of each drone at ``rotorSpeeds``, without effects. [N]
  @inlinable @inline(__always)
  public var thrust: S { unsafe group.pointee.thrust }

  /// The velocity of the air around each drone, in the world. [m/s]
  @inlinable @inline(__always)
  public var wind: Vector<World, S> { unsafe group.pointee.wind }

  /// The height of the surface below each drone, in the world. [m]
  @inlinable @inline(__always)
  public var surfaceHeight: S { unsafe group.pointee.surfaceHeight }

  /// What the drones are.
  @inlinable @inline(__always)
  public var parameters: DroneParameters<S> { unsafe numbers.pointee }
}
