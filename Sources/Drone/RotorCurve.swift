public import SpatialMath

/// What a rotor makes of its speed, thrust or torque.
///
///     y = a Ω + b Ω²      and never below 0
///
/// with the speed Ω in rpm. A slope a below 0 is that of rotors whose fit passes through zero at a
/// speed above it; a = 0 is the pure square law.
@frozen
public struct RotorCurve<S: Lanes>: Sendable, BitwiseCopyable, Equatable {
  /// The linear coefficient a. [N/rpm or N·m/rpm]
  public var slope: S
  /// The square coefficient b. [N/rpm² or N·m/rpm²]
  public var coefficient: S

  /// The curve with these coefficients.
  @inlinable
  package init(slope: S = .zero, coefficient: S) {
    (self.slope, self.coefficient) = (slope, coefficient)
  }

  /// The thrust or torque at a speed of 0 rpm or more. [N or N·m]
  @inlinable @inline(__always)
  public func value(at speed: S) -> S {
    (slope * speed + coefficient * (speed * speed)).raised(to: .zero)
  }

  /// The speed of a thrust or torque of 0 or more, where b is above 0. [rpm]
  @inlinable @inline(__always)
  public func speed(for value: S) -> S {
    let half = S(0.5) * slope / coefficient
    return ((value / coefficient + half * half).squareRoot() - half).raised(to: .zero)
  }
}

extension RotorCurve {
  /// The curve of a rotor that makes a multiple of the thrust or torque at every speed.
  package func scaled(by factor: S) -> RotorCurve {
    RotorCurve(slope: factor * slope, coefficient: factor * coefficient)
  }

  /// The curve of what `combine` makes of the coefficients of two.
  @inlinable @inline(__always)
  package init<A: Lanes, B: Lanes>(
    _ a: RotorCurve<A>, _ b: RotorCurve<B>, combine: (A, B) -> S
  ) {
    slope = combine(a.slope, b.slope)
    coefficient = combine(a.coefficient, b.coefficient)
  }

  /// The curve of what `transform` makes of the coefficients.
  @inlinable @inline(__always)
  package func map<T: Lanes>(_ transform: (S) -> T) -> RotorCurve<T> {
    RotorCurve<T>(self, self) { coefficient, _ in transform(coefficient) }
  }
}
