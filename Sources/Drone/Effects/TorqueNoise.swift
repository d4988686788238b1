public import SpatialMath

/// The torque of all that no model knows, such as unsteady flow through the rotors: noise about each body
/// axis.
///
///     τ = s ∘ n,      dn = −n dt / T + √(2 / T) dW      [N·m]
///
/// with the root mean squares s of ``AirCoefficients/torqueNoise`` and independent Ornstein-Uhlenbeck
/// processes n of variance 1 and correlation time T, ``AirCoefficients/torqueNoiseTime``, that
/// ``FlightCondition/noise`` is the present value of. What a seed makes of n is ``NoiseFilter``'s part.
///
/// Without it a simulated Crazyflie is too calm: its rates deviate by 0.84, 0.93 and 0.46 of the real ones.
///
/// - G. E. Uhlenbeck, L. S. Ornstein, "On the Theory of the Brownian Motion", Physical Review 1930,
///   [doi:10.1103/PhysRev.36.823](https://doi.org/10.1103/PhysRev.36.823).
/// - The numbers: Documentation/Truth.md.
@usableFromInline
package struct TorqueNoise: ModelEffect {
  package init() {}

  @usableFromInline
  package static func acts(on model: QuadcopterModel) -> Bool { model.air.torqueNoise != .zero }

  @inlinable @inline(__always)
  package func add<S: Lanes>(to wrench: inout Wrench<Body, S>, on drones: FlightCondition<S>) {
    wrench.torque += drones.parameters.torqueNoise.scaled(by: drones.noise)
  }
}
