public import SpatialMath

/// How the speed Ω of a rotor follows its command u.
///
///     dΩ/dt = c1 (u − Ω) + c2 (u² − Ω²)      while it rises
///     dΩ/dt = c3 (u − Ω) + c4 (u² − Ω²)      while it falls
///
/// A step is solved in closed form, for any length: with e = u − Ω, k = c1 + 2 c2 u and D = exp(−k t),
///
///     e(t) = D e₀ / (1 − c2 e₀ (1 − D) / k)
///
/// so that a speed never overshoots its command. Four zeros stand for a rotor that follows at once.
///
/// The form of drone-models (learnsyslab), identified on Crazyflies.
@frozen
@usableFromInline
package struct RotorLag<S: Lanes>: Sendable, BitwiseCopyable, Equatable {
  /// The linear rate c1 while rising. [1/s]
  @usableFromInline package var riseRate: S
  /// The square rate c2 while rising. [1/(s·rpm)]
  @usableFromInline package var riseGain: S
  /// The linear rate c3 while falling. [1/s]
  @usableFromInline package var fallRate: S
  /// The square rate c4 while falling. [1/(s·rpm)]
  @usableFromInline package var fallGain: S

  /// A lag with these coefficients, none of them below 0.
  @inlinable
  package init(riseRate: S, riseGain: S, fallRate: S, fallGain: S) {
    (self.riseRate, self.riseGain) = (riseRate, riseGain)
    (self.fallRate, self.fallGain) = (fallRate, fallGain)
  }

  /// No lag: speeds are those commanded.
  @inlinable
  package static var none: Self {
    Self(riseRate: .zero, riseGain: .zero, fallRate: .zero, fallGain: .zero)
  }

  /// The speed after some time under a command that stays. [rpm]
  ///
  /// - Parameters:
  ///   - speed: The speed at the start. [rpm]
  ///   - command: The command. [rpm]
  ///   - time: The time that passes. [s]
  /// - Returns: The speed at the end. [rpm]
  @inlinable @inline(__always)
  package func speed(from speed: S, to command: S, after time: S) -> S {
    response(from: speed, to: command, every: time).next(after: speed)
  }

  /// How a speed responds to a command that stays, over steps of the same length.
  ///
  /// - Parameters:
  ///   - speed: The speed at the start. [rpm]
  ///   - command: The command. [rpm]
  ///   - time: The length of a step. [s]
  /// - Returns: The response.
  @inlinable @inline(__always)
  package func response(from speed: S, to command: S, every time: S) -> RotorResponse<S> {
    let isRising = speed .< command
    let rate = fallRate.replacing(with: riseRate, where: isRising)
    let gain = fallGain.replacing(with: riseGain, where: isRising)
    let k = rate + S(2) * gain * command
    let angle = k * time
    let decay = (-angle).exponential()
    // (1 − D) / k, by its series where it cancels.
    let isSmall = angle .< S(1e-4)
    let series = time * (S.one - angle * (S(0.5) - S(1.0 / 6) * angle))
    let span = ((S.one - decay) / k.replacing(with: .one, where: isSmall))
      .replacing(with: series, where: isSmall)
    let hasNone = (rate + gain) .<= .zero
    return RotorResponse(
      command: command, decay: decay.replacing(with: .zero, where: hasNone), pull: gain * span)
  }

  /// The rate at which the gap between two speeds would close. [1/s]
  @inlinable
  package func rate(from speed: S, to command: S) -> S {
    let isRising = speed .< command
    let rate = fallRate.replacing(with: riseRate, where: isRising)
    let gain = fallGain.replacing(with: riseGain, where: isRising)
    return rate + gain * (speed + command)
  }
}

extension RotorLag {
  /// The lag of what `combine` makes of the coefficients of two.
  @inlinable @inline(__always)
  package init<A: Lanes, B: Lanes>(
    _ a: RotorLag<A>, _ b: RotorLag<B>, combine: (A, B) -> S
  ) {
    riseRate = combine(a.riseRate, b.riseRate)
    riseGain = combine(a.riseGain, b.riseGain)
    fallRate = combine(a.fallRate, b.fallRate)
    fallGain = combine(a.fallGain, b.fallGain)
  }

  /// The lag of what `transform` makes of the coefficients.
  @inlinable @inline(__always)
  package func map<T: Lanes>(_ transform: (S) -> T) -> RotorLag<T> {
    RotorLag<T>(self, self) { coefficient, _ in transform(coefficient) }
  }
}
