package import Drone
import SpatialMath

/// Position and attitude control of a Crazyflie by two cascaded PID loops.
///
/// The position loop asks for a force
///
///     F = P e + I ∫e dt + D ė + m g z      [N]
///
/// whose part along the body's z axis becomes thrust, and whose direction, with the wanted heading,
/// becomes the wanted attitude Rd. The attitude loop works on e_R = vee(Rdᵀ R − Rᵀ Rd) and on the
/// differences of roll, pitch and yaw, in the units of the Crazyflie's motor signal (PWM counts), and
/// a mixer hands thrust and torques to the rotors: Ω = 0.2685 PWM + 4070.3 [rpm].
///
/// The law, gains and limits of gym-pybullet-drones' `DSLPIDControl`, to the last digits; and so it knows no
/// rate of the heading, behind which it lags, and in e_R a heading error turns and shortens what tilt asks
/// for. ``DerivedPID`` has neither.
///
/// - J. Panerati et al., "Learning to Fly", IROS 2021,
///   [arXiv:2103.02142](https://arxiv.org/abs/2103.02142).
package struct CascadedPID: Controller {
  private let law: CascadedLaw
  private var memory = LoopMemory<Double>()

  /// A controller for a model.
  ///
  /// - Parameters:
  ///   - model: The vehicle.
  ///   - gravity: The acceleration of free fall. [m/s²]
  ///   - gains: The gains.
  package init(model: QuadcopterModel, gravity: Double, gains: CascadedGains = .crazyflie) {
    law = CascadedLaw(model: model, gravity: gravity, gains: gains)
  }

  /// Whether the gains, which are in counts of the Crazyflie 2.x's motor signal, belong to a model: one
  /// with its rotors, and about its mass and inertia.
  package static func fits(_ model: QuadcopterModel) -> Bool {
    let thrust = model.meanThrust
    return model.rotorLag == .none && thrust.slope == 0
      && (3e-10...3.3e-10).contains(thrust.coefficient) && (0.022...0.035).contains(model.mass)
      && (1e-5...3e-5).contains(model.inertia.x) && (1e-5...3e-5).contains(model.inertia.y)
  }

  package mutating func reset() { memory = LoopMemory() }

  package mutating func rotorSpeeds(
    for state: DroneState<Double>, tracking setpoint: Setpoint, at time: Double,
    every period: Double
  ) -> PerRotor<Double> {
    law.rotorSpeeds(
      for: state, towards: Goal(setpoint), memory: &memory, factors: .one, every: period)
  }
}
