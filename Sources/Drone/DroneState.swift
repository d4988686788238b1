public import SpatialMath

/// How a drone moves: all that the next step needs to know of it.
///
/// Over `Double` the state of one drone; over ``DroneLanes`` the states of a group of eight.
@frozen
public struct DroneState<S: Lanes>: Sendable, BitwiseCopyable, Equatable {
  /// The centre of mass, in the world. [m]
  public var position: Vector<World, S>
  /// The rotation from body to world. [–]
  public var attitude: Rotation<Body, World, S>
  /// The velocity of the centre of mass, in the world. [m/s]
  public var velocity: Vector<World, S>
  /// The angular velocity, along the body's axes. [rad/s]
  public var bodyRates: Vector<Body, S>
  /// The speeds at which the rotors turned over the step that ended here. [rpm]
  public var rotorSpeeds: PerRotor<S>
  /// The charge drawn from the battery since it was full, counted where the model has one. [A·s]
  public var drawnCharge: S

  /// The state with these components.
  @inlinable
  public init(
    position: Vector<World, S> = .zero, attitude: Rotation<Body, World, S> = .identity,
    velocity: Vector<World, S> = .zero, bodyRates: Vector<Body, S> = .zero,
    rotorSpeeds: PerRotor<S> = PerRotor(repeating: .zero), drawnCharge: S = .zero
  ) {
    self.position = position
    self.attitude = attitude
    self.velocity = velocity
    self.bodyRates = bodyRates
    self.rotorSpeeds = rotorSpeeds
    self.drawnCharge = drawnCharge
  }

  /// The angular velocity, along the world's axes. [rad/s]
  @inlinable
  public var angularVelocity: Vector<World, S> { attitude(bodyRates) }

  /// Where every component is finite.
  @inlinable @inline(__always)
  public var isFinite: S.Mask {
    position.isFinite .& attitude.isFinite .& velocity.isFinite .& bodyRates.isFinite
      .& (rotorSpeeds.isFinite .& drawnCharge.isFinite)
  }

  /// The state of the drone in one lane.
  @inlinable
  public subscript(lane lane: Int) -> DroneState<Double> {
    get {
      .init(
        position: position[lane: lane], attitude: attitude[lane: lane],
        velocity: velocity[lane: lane], bodyRates: bodyRates[lane: lane],
        rotorSpeeds: rotorSpeeds[lane: lane], drawnCharge: drawnCharge[lane: lane])
    }
    set {
      position[lane: lane] = newValue.position
      attitude[lane: lane] = newValue.attitude
      velocity[lane: lane] = newValue.velocity
      bodyRates[lane: lane] = newValue.bodyRates
      rotorSpeeds[lane: lane] = newValue.rotorSpeeds
      drawnCharge[lane: lane] = newValue.drawnCharge
    }
  }
}
