public import SpatialMath

/// How a drone moves: all that the next step needs to know of it.
///
/// Over `Double` the state of one drone; over ``DroneLanes`` the states of a group of four.
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
  package var isFinite: S.Mask {
    position.isFinite .& attitude.isFinite .& velocity.isFinite .& bodyRates.isFinite
      .& (rotorSpeeds.isFinite .& drawnCharge.isFinite)
  }

  /// Where every component is finite, and drones move and turn by less than a million m/s and rad/s: what is beyond
  /// comes of steps that are too long for what happens in them.
  @inlinable @inline(__always)
  package var isSound: S.Mask {
    let limit = S(1e12)
    return isFinite .& (velocity.squaredNorm .< limit) .& (bodyRates.squaredNorm .< limit)
  }

  /// The state of what `combine` makes of the numbers of two.
  @inlinable @inline(__always)
  package init<A: Lanes, B: Lanes>(
    _ a: DroneState<A>, _ b: DroneState<B>, combine: (A, B) -> S
  ) {
    position = a.position.zip(b.position, combine)
    attitude = a.attitude.zip(b.attitude, combine)
    velocity = a.velocity.zip(b.velocity, combine)
    bodyRates = a.bodyRates.zip(b.bodyRates, combine)
    rotorSpeeds = a.rotorSpeeds.zip(b.rotorSpeeds, combine)
    drawnCharge = combine(a.drawnCharge, b.drawnCharge)
  }

  /// The state of what `transform` makes of the numbers.
  @inlinable @inline(__always)
  package func map<T: Lanes>(_ transform: (S) -> T) -> DroneState<T> {
    DroneState<T>(self, self) { number, _ in transform(number) }
  }

  /// Lets `put` write each number of another state into that of this one.
  @inlinable @inline(__always)
  package mutating func update<T: Lanes>(from state: DroneState<T>, _ put: (inout S, T) -> Void) {
    self = Self(self, state) { updated($0, from: $1, put) }
  }

  /// The state of the drone in one lane.
  @inlinable
  public subscript(lane lane: Int) -> DroneState<Double> {
    get { map { $0[lane: lane] } }
    set { update(from: newValue) { $0[lane: lane] = $1 } }
  }
}
