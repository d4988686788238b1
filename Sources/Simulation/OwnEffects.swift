import Drone
import SpatialMath

/// Those effects of the air that ask nothing of other drones, and so can be worked out group by group
/// while a group is at hand.
struct OwnEffects: Sendable {
  private let groundEffect: GroundEffect?
  private let drag: RotorDrag?
  /// The effects that act after these, to be asked one by one.
  let others: [any AerodynamicEffect]

  /// As many of the first effects of a list as act in this order: ground effect, drag.
  ///
  /// - Parameters:
  ///   - effects: All effects.
  ///   - isAlone: Whether each world has a single drone, on which no other acts.
  init(firstOf effects: [any AerodynamicEffect], isAlone: Bool) {
    var rest = effects[...]
    groundEffect = rest.first as? GroundEffect
    if groundEffect != nil { rest.removeFirst() }
    drag = rest.first as? RotorDrag
    if drag != nil { rest.removeFirst() }
    others = rest.filter { !(isAlone && $0 is Downwash) }
  }

  /// Adds the wrench on a group of drones.
  @inline(__always)
  func add<S: Lanes>(
    to wrench: inout Wrench<Body, S>, state: DroneState<S>,
    attitude: RotationMatrix<Body, World, S>, rotorSpeeds: PerRotor<S>, air: Air<S>,
    parameters: DroneParameters<S>
  ) {
    groundEffect?.add(
      to: &wrench, state: state, attitude: attitude, rotorSpeeds: rotorSpeeds,
      surface: air.surface, parameters: parameters)
    drag?.add(
      to: &wrench, state: state, attitude: attitude, rotorSpeeds: rotorSpeeds, wind: air.wind,
      parameters: parameters)
  }
}

/// What surrounds a group of drones.
struct Air<S: Lanes> {
  /// The velocity of the air, in the world. [m/s]
  var wind: Vector<World, S>
  /// The height of the surface below. [m]
  var surface: S
}
