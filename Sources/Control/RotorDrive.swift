public import Drone
public import SpatialMath

/// From thrust and torque to rotor commands, ahead of the rotors' lag.
///
/// Rotors that follow slowly are driven beyond the speed Ω* that is wanted,
///
///     u = Ω + G (Ω* − Ω)
///
/// so that within one period they close the share 1 − exp(−t/τ) of the gap, with the quickened time
/// constant τ of ``quickenedLag``. The thrust that each rotor can reach in that period bounds
/// the ``Allocation``, so that saturation is known before it happens.
@usableFromInline
struct RotorDrive: Sendable, BitwiseCopyable {
  @usableFromInline let allocation: Allocation
  /// The time between commands. [s]
  @usableFromInline let period: Double
  /// The time constant with which rotors follow once driven so, 0 where they follow at once. [s]
  @usableFromInline let quickenedLag: Double
  @usableFromInline let thrust: PerRotor<RotorCurve<Double>>
  @usableFromInline let lag: RotorLag<Double>
  @usableFromInline let slowest: PerRotor<Double>
  @usableFromInline let fastest: Double
  /// What rotors driven so close of a gap in a period. [–]
  @usableFromInline let closing: Double

  /// The drive of a model with some allocation. [m/s², s]
  init(
    _ model: QuadcopterModel, gravity: Double, allocation: Allocation, period: Double,
    design: LoopDesign
  ) {
    (self.allocation, self.period) = (allocation, period)
    thrust = model.rotors.map(\.thrust)
    lag = model.rotorLag
    slowest = model.rotors.map { $0.thrust.speed(for: model.minimumRotorThrust) }
    fastest = model.maximumRotorSpeed
    let speed = model.hoverRotorSpeed(gravity: gravity)
    quickenedLag = Self.quickenedLag(of: lag, at: speed, every: period, design: design)
    closing = 1 - (-period / quickenedLag).exponential()
  }

  private static func quickenedLag(
    of lag: RotorLag<Double>, at speed: Double, every period: Double, design: LoopDesign
  ) -> Double {
    guard lag != .none else { return 0 }
    // Just above the speed and just below it: a rate depends on the direction.
    let rise = lag.rate(from: speed, to: speed * (1 + 1e-9))
    let fall = lag.rate(from: speed, to: speed * (1 - 1e-9))
    return max(1 / (design.rotorSpeedUp * min(rise, fall)), design.shortestLag * period)
  }

  /// The commands that bring thrust and torque about. [rpm]
  @inlinable @inline(__always)
  func speeds<S: Lanes>(
    thrust wanted: S, torque: Vector<Body, S>, from speeds: PerRotor<S>
  ) -> PerRotor<S> {
    let curves = thrust.map { curve in curve.map { S($0) } }
    let (slowest, fastest) = (slowest.map { S($0) }, S(fastest))
    let lowest = speeds.zip(slowest) { reach(from: $0, to: $1) }
    let highest = speeds.map { reach(from: $0, to: fastest) }
    let shares = allocation.thrusts(
      for: wanted, torque: torque, from: curves.zip(lowest) { $0.value(at: $1) },
      to: curves.zip(highest) { $0.value(at: $1) })
    let targets = curves.zip(shares) { $0.speed(for: $1) }
    return speeds.zip(targets) { speed, target in
      speed + gain(from: speed, to: target) * (target - speed)
    }.zip(slowest) { $0.clamped(from: $1, to: fastest) }
  }

  /// The farthest target for which the command does not pass a bound. [rpm]
  @inlinable @inline(__always)
  func reach<S: Lanes>(from speed: S, to bound: S) -> S {
    (speed + (bound - speed) / gain(from: speed, to: bound)).raised(to: .zero)
  }

  /// G: 1 where rotors follow at once. [–]
  @inlinable @inline(__always)
  func gain<S: Lanes>(from speed: S, to target: S) -> S {
    guard quickenedLag > 0 else { return .one }
    let rate = lag.map { S($0) }.rate(from: speed, to: target)
    let natural = S.one - (S(-period) * rate).exponential()
    return (S(closing) / natural.raised(to: S(1e-9))).raised(to: .one)
  }
}
