public import SpatialMath

/// The gains of one loop, by axis.
@usableFromInline
package struct PIDGains<F: Frame>: Sendable, Equatable {
  /// On the error. [output/unit of the error]
  @usableFromInline package var p: Vector<F, Double>
  /// On its integral. [output/(unit of the error · s)]
  @usableFromInline package var i: Vector<F, Double>
  /// On its derivative. [output·s/unit of the error]
  @usableFromInline package var d: Vector<F, Double>
}

/// The numbers of ``CascadedLaw``.
@usableFromInline
package struct CascadedGains: Sendable, Equatable {
  /// From position errors to forces. [N/m, N/(m·s), N·s/m]
  @usableFromInline package var position: PIDGains<World>
  /// From attitude errors to torques, in counts of the motor signal. [count]
  @usableFromInline package var attitude: PIDGains<Body>
  /// The bounds on the integral of the position error. [m·s]
  @usableFromInline package var positionIntegralLimit: Vector<World, Double>
  /// The bounds on the integral of the attitude error. [s]
  @usableFromInline package var attitudeIntegralLimit: Vector<Body, Double>
  /// The bound on each torque. [count]
  @usableFromInline package var torqueLimit: Double
  /// The motor signals that may be sent. [count]
  @usableFromInline package var signalRange: ClosedRange<Double>
  /// Rotor speed per motor signal. [rpm/count]
  @usableFromInline package var speedPerSignal: Double
  /// The rotor speed at signal zero. [rpm]
  @usableFromInline package var idleSpeed: Double

  /// Those of gym-pybullet-drones for the Crazyflie 2.x.
  @usableFromInline package static let crazyflie = CascadedGains(
    position: PIDGains(
      p: Vector(0.4, 0.4, 1.25), i: Vector(0.05, 0.05, 0.05), d: Vector(0.2, 0.2, 0.5)),
    attitude: PIDGains(
      p: Vector(70_000, 70_000, 60_000), i: Vector(0, 0, 500), d: Vector(20_000, 20_000, 12_000)),
    positionIntegralLimit: Vector(2, 2, 0.15), attitudeIntegralLimit: Vector(1, 1, 1500),
    torqueLimit: 3200, signalRange: 20_000...65_535, speedPerSignal: 0.2685, idleSpeed: 4070.3)
}
