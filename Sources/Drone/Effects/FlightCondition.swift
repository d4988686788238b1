public import SpatialMath

/// Drones in the middle of a step as effects see them, a lane a drone: how they move, how their rotors
/// turn, the air around them, the surface below, and what the drones are.
///
/// It is good for as long as the effect is asked, and no longer: it looks at the numbers where the step
/// has them, for to copy them all would take longer than most effects.
@frozen
@safe
public struct FlightCondition<S: Lanes>: BitwiseCopyable {
  @usableFromInline let states: UnsafePointer<DroneState<S>>
  @usableFromInline let values: UnsafePointer<StepValues<S>>
  @usableFromInline let numbers: UnsafePointer<DroneParameters<S>>

  /// Drones where they are, and what they are.
  @unsafe
  @inlinable @inline(__always)
  package init(
    _ states: UnsafePointer<DroneState<S>>, _ values: UnsafePointer<StepValues<S>>,
    _ parameters: UnsafePointer<DroneParameters<S>>
  ) {
    unsafe (self.states, self.values, numbers) = (states, values, parameters)
  }

  /// The states at the start of the step; their rotor speeds are still those of the step before.
  @inlinable @inline(__always)
  public var state: DroneState<S> { unsafe states.pointee }

  /// The attitudes of ``state`` as matrices.
  @inlinable @inline(__always)
  public var attitude: RotationMatrix<Body, World, S> { unsafe values.pointee.attitude }

  /// The rotor speeds that act over this step. [rpm]
  @inlinable @inline(__always)
  public var rotorSpeeds: PerRotor<S> { unsafe values.pointee.rotorSpeeds }

  /// The thrust of all rotors of each drone at ``rotorSpeeds``, without effects. [N]
  @inlinable @inline(__always)
  public var thrust: S { unsafe values.pointee.rotorThrust.total }

  /// The thrust of each rotor at ``rotorSpeeds``, without effects. [N]
  @inlinable @inline(__always)
  package var rotorThrusts: PerRotor<S> { unsafe values.pointee.rotorThrust.forces }

  /// The velocity of the air around each drone, in the world. [m/s]
  @inlinable @inline(__always)
  public var wind: Vector<World, S> { unsafe values.pointee.wind }

  /// What shakes each drone: noise of variance 1 about its body's axes. [–]
  @inlinable @inline(__always)
  package var noise: Vector<Body, S> { unsafe values.pointee.noise }

  /// The height of the surface below each drone, in the world. [m]
  @inlinable @inline(__always)
  public var surfaceHeight: S { unsafe values.pointee.surfaceHeight }

  /// What the drones are.
  @inlinable @inline(__always)
  public var parameters: DroneParameters<S> { unsafe numbers.pointee }
}
