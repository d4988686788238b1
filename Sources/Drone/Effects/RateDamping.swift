public import SpatialMath

/// The torque of the air on a vehicle that turns.
///
///     τ = −d ∘ ω      [N·m]
///
/// with the body rates ω and the coefficients d of ``AirCoefficients/rateDamping``. A hub that turns with
/// the body moves its rotor up or down through the air, which changes its thrust. Left to itself a rate
/// falls with the time constant I/d: about 1 s on Crazyflies.
///
/// The air is taken not to turn; wind, which is the same all over a vehicle, changes nothing.
///
/// - P.-J. Bristeau, P. Martin, E. Salaün, N. Petit, "The Role of Propeller Aerodynamics in the Model of a
///   Quadrotor UAV", ECC 2009, [hal-00473223](https://hal.science/hal-00473223).
/// - The numbers: Documentation/Truth.md.
@usableFromInline
package struct RateDamping: ModelEffect {
  package init() {}

  @usableFromInline
  package static func acts(on model: QuadcopterModel) -> Bool { model.air.rateDamping != .zero }

  @inlinable @inline(__always)
  package func add<S: Lanes>(to wrench: inout Wrench<Body, S>, on drones: FlightCondition<S>) {
    wrench.torque -= drones.parameters.rateDamping.scaled(by: drones.state.bodyRates)
  }
}
