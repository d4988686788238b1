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
/// the ``Allocation``, so that saturation is known before it happens. Yaw takes no more than rotors can give
/// back within the next period: roll and pitch then find them where they can be of use.
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
  /// How far yaw may slow a rotor down, as a share of what lies between it and its highest speed, and speed
  /// it up, as a share of what lies between it and its lowest. [–]
  @usableFromInline let yawShares: (slower: Double, faster: Double)

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
    yawShares = Self.yawShares(of: lag, at: speed, every: period, closing: closing, design: design)
  }

  /// The shares of yaw.
  ///
  /// A rotor that is d faster than it has to be comes back within a period if the way (Ω − Ωmin + d) / G that
  /// it can go is d or more: d = (Ω − Ωmin) / (G − 1). One that is slower comes back so too.
  private static func yawShares(
    of lag: RotorLag<Double>, at speed: Double, every period: Double, closing: Double,
    design: LoopDesign
  ) -> (slower: Double, faster: Double) {
    guard lag != .none else { return (.infinity, .infinity) }
    func share(_ rate: Double) -> Double {
      let gain = closing / (1 - (-period * rate).exponential())
      return design.yawRoom / max(gain - 1, 1e-9)
    }
    return (
      share(lag.rate(from: speed, to: speed * (1 + 1e-9))),
      share(lag.rate(from: speed, to: speed * (1 - 1e-9)))
    )
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
    let (least, most) = (
      curves.zip(lowest) { $0.value(at: $1) }, curves.zip(highest) { $0.value(at: $1) }
    )
    let upright = allocation.upright(for: wanted, torque: torque, from: least, to: most)
    let (yawLeast, yawMost) = yawBounds(of: upright, from: least, to: most)
    let shares = allocation.addingYaw(torque.z, to: upright, from: yawLeast, to: yawMost)
      .zip(least) { $0.raised(to: $1) }.zip(most) { $0.lowered(to: $1) }
    let targets = curves.zip(shares) { $0.speed(for: $1) }
    return speeds.zip(targets) { speed, target in
      speed + gain(from: speed, to: target) * (target - speed)
    }.zip(slowest) { $0.clamped(from: $1, to: fastest) }
  }

  /// The least and the most that each rotor may push with on account of yaw. [N]
  @inlinable @inline(__always)
  func yawBounds<S: Lanes>(
    of upright: PerRotor<S>, from least: PerRotor<S>, to most: PerRotor<S>
  ) -> (least: PerRotor<S>, most: PerRotor<S>) {
    guard quickenedLag > 0 else { return (least, most) }
    let curves = thrust.map { curve in curve.map { S($0) } }
    let speeds = curves.zip(upright) { $0.speed(for: $1.raised(to: .zero)) }
    let (slower, faster) = (S(yawShares.slower), S(yawShares.faster))
    let slow = speeds.map { ($0 - slower * (S(fastest) - $0)).raised(to: .zero) }
    let fast = speeds.zip(slowest) { $0 + faster * ($0 - S($1)) }
    return (
      curves.zip(slow) { $0.value(at: $1) }.zip(least) { $0.raised(to: $1) },
      curves.zip(fast) { $0.value(at: $1) }.zip(most) { $0.lowered(to: $1) }
    )
  }

  /// The farthest target for which the command does not pass a bound. [rpm]
  @inlinable @inline(__always)
  func reach<S: Lanes>(from speed: S, to bound: S) -> S {
    // Where rotors follow at once there is nothing to divide by.
    let way = bound - speed
    let share = quickenedLag > 0 ? way / gain(from: speed, to: bound) : way
    return (speed + share).raised(to: .zero)
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
