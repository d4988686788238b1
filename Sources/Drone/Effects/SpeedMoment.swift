public import SpatialMath

/// The torque of the air on a vehicle that moves through it: it tilts it back, so that it brakes.
///
///     τ = (c₁ u_y, −c₂ u_x, 0)      [N·m]
///
/// with the velocity u = Rᵀ (v − w) through the air along the body's axes and the coefficients c of
/// ``AirCoefficients/speedMoment``, above 0. Flight to the left gives a positive roll torque, which tilts to
/// the right; flight forward a negative pitch torque, nose up.
///
/// Stiff rotors in an oncoming flow push harder with the blade that moves against it. Of rotors that turn
/// against each other the moments across the flow cancel; those along it, with the force at the height of
/// the hubs, add up. On Crazyflies it is the largest torque after that of the rotors' thrust: 15 to 25 rad/s²
/// for 1 m/s.
///
/// Measured up to 1.6 m/s, in level flight.
///
/// - P.-J. Bristeau, P. Martin, E. Salaün, N. Petit, "The Role of Propeller Aerodynamics in the Model of a
///   Quadrotor UAV", ECC 2009, [hal-00473223](https://hal.science/hal-00473223): a moment in proportion to
///   the speed, of stiff rotors.
/// - The numbers: Documentation/Truth.md.
@usableFromInline
package struct SpeedMoment: ModelEffect {
  package init() {}

  @usableFromInline
  package static func acts(on model: QuadcopterModel) -> Bool { model.air.speedMoment != .zero }

  @inlinable @inline(__always)
  package func add<S: Lanes>(to wrench: inout Wrench<Body, S>, on drones: FlightCondition<S>) {
    let c = drones.parameters.speedMoment
    let velocity = drones.attitude.inverse(drones.state.velocity - drones.wind)
    wrench.torque.x += c.x * velocity.y
    wrench.torque.y += -(c.y * velocity.x)
  }
}
