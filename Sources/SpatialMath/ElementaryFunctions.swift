// Sines, exponentials and arcs without libm, so that bits depend neither on the processor nor on the
// C library, and so that four cost little more than one. In order of priority:
//
// 1. the same bits in a lane of a group and alone;
// 2. errors of 2 ulp at most over the stated range, in double precision; in single precision the
//    reduction of large arguments adds some;
// 3. speed: even polynomials without branches; no tables.
//
// Coefficients are Taylor's, but for the arc tangent's, a near-minimax (Chebyshev) fit of
// atan(√u)/√u over u ∈ [0, tan²(π/8)], computed with 50 digits, with relative error 4.6e-20.

/// The largest argument of ``sincAndCosine(ofSquare:)``. [rad]
@usableFromInline let polynomialReach = 0.79

/// The largest argument of ``sincAndCosine(ofSmallSquare:)``. [rad]
@usableFromInline let smallPolynomialReach = 0.125

/// sin(h)/h and cos(h), given h², for |h| up to 1/8: with fewer terms, the first of those that are left
/// out being below half a digit.
@inlinable @inline(__always)
package func sincAndCosine<S: Lanes>(ofSmallSquare h2: S) -> (sinc: S, cosine: S) {
  var s = S(1.0 / 120)
  var c = S(1.0 / 24)
  if !S.isSinglePrecision {
    s = S(-1.0 / 5040) + h2 * S(1.0 / 362_880)
    c = S(1.0 / 40_320) + h2 * S(-1.0 / 3_628_800)
    s = S(1.0 / 120) + h2 * s
    c = S(-1.0 / 720) + h2 * c
    c = S(1.0 / 24) + h2 * c
  }
  s = S(-1.0 / 6) + h2 * s
  c = S(-0.5) + h2 * c
  return (S.one + h2 * s, S.one + h2 * c)
}

/// sin(h)/h and cos(h), given h², for |h| up to π/4.
@inlinable @inline(__always)
package func sincAndCosine<S: Lanes>(ofSquare h2: S) -> (sinc: S, cosine: S) {
  var s = S(-1 / 1_307_674_368_000) + h2 * S(1 / 355_687_428_096_000)
  var c = S(-1 / 87_178_291_200) + h2 * S(1 / 20_922_789_888_000)
  s = S(1 / 6_227_020_800) + h2 * s
  c = S(1 / 479_001_600) + h2 * c
  s = S(-1 / 39_916_800) + h2 * s
  c = S(-1 / 3_628_800) + h2 * c
  s = S(1 / 362_880) + h2 * s
  c = S(1 / 40_320) + h2 * c
  s = S(-1 / 5040) + h2 * s
  c = S(-1 / 720) + h2 * c
  s = S(1 / 120) + h2 * s
  c = S(1 / 24) + h2 * c
  s = S(-1 / 6) + h2 * s
  c = S(-0.5) + h2 * c
  return (S.one + h2 * s, S.one + h2 * c)
}

extension Lanes {
  /// The sine and the cosine of an angle in radians, for magnitudes up to 10⁶.
  ///
  /// The angle is brought into [−π/4, π/4] by subtracting a whole number of quarter turns, with π/2
  /// in three parts (Cody and Waite, *Software Manual for the Elementary Functions*, 1980).
  @inlinable
  public func sineAndCosine() -> (sine: Self, cosine: Self) {
    let turns = (self * Self(0.6366197723675814)).roundedToNearest()
    var r = self - turns * Self(1.5707963267341256)
    r = r - turns * Self(6.077100506303966e-11)
    r = r - turns * Self(2.0222662487959506e-21)
    let (sinc, cosine) = sincAndCosine(ofSquare: r * r)
    let sine = r * sinc

    // The quadrant, from −2 to 2: odd ones exchange sine and cosine, 2 turns both round.
    let quadrant = turns - Self(4) * (turns * Self(0.25)).roundedToNearest()
    let isOdd = Self(0.5) .< (Self.one - (quadrant.magnitude - Self.one).magnitude)
    let isHalf = Self(1.5) .< quadrant.magnitude
    let sineIsNegative = isHalf .| (quadrant .< Self(-0.5))
    let cosineIsNegative = isHalf .| (Self(0.5) .< quadrant)
    let s = sine.replacing(with: cosine, where: isOdd)
    let c = cosine.replacing(with: sine, where: isOdd)
    // In odd quadrants cos(r + π/2) = −sin(r) and cos(r − π/2) = sin(r).
    return (
      s.replacing(with: -s, where: sineIsNegative), c.replacing(with: -c, where: cosineIsNegative)
    )
  }

  /// The sine of an angle in radians, for magnitudes up to 10⁶.
  @inlinable public func sine() -> Self { sineAndCosine().sine }

  /// The cosine of an angle in radians, for magnitudes up to 10⁶.
  @inlinable public func cosine() -> Self { sineAndCosine().cosine }

  /// e to this power; 0 below ``exponentialRange``, −708 in double precision, and held at its end above
  /// it, e⁷⁰⁹.
  @inlinable
  public func exponential() -> Self {
    let (low, high) = (
      Self(Self.exponentialRange.lowerBound), Self(Self.exponentialRange.upperBound)
    )
    let x = clamped(from: low, to: high)
    let n = (x * Self(1.4426950408889634)).roundedToNearest()
    let r = (x - n * Self(0.6931471803691238)) - n * Self(1.9082149292705877e-10)
    var p = Self(1 / 87_178_291_200)
    p = Self(1 / 6_227_020_800) + r * p
    p = Self(1 / 479_001_600) + r * p
    p = Self(1 / 39_916_800) + r * p
    p = Self(1 / 3_628_800) + r * p
    p = Self(1 / 362_880) + r * p
    p = Self(1 / 40_320) + r * p
    p = Self(1 / 5040) + r * p
    p = Self(1 / 720) + r * p
    p = Self(1 / 120) + r * p
    p = Self(1 / 24) + r * p
    p = Self(1 / 6) + r * p
    p = Self(0.5) + r * p
    p = Self.one + r * p
    let result = (Self.one + r * p) * Self.powerOfTwo(n)
    return result.replacing(with: .zero, where: self .< low)
  }

  /// The angle of the point (x, y) from the x axis, in radians from −π to π; 0 at the origin.
  @inlinable
  public static func arcTangent(y: Self, x: Self) -> Self {
    let (ax, ay) = (x.magnitude, y.magnitude)
    let isSteep = ax .< ay
    let long = ax.replacing(with: ay, where: isSteep)
    let short = ay.replacing(with: ax, where: isSteep)
    // t = short / long is at most 1; above tan(π/8), atan t = π/4 + atan((t − 1) / (t + 1)).
    let isWide = Self(0.41421356237309503) * long .< short
    let numerator = short.replacing(with: short - long, where: isWide)
    let denominator = long.replacing(with: short + long, where: isWide)
    let isOrigin = denominator .<= .zero
    let t = numerator / denominator.replacing(with: .one, where: isOrigin)
    var angle = t * arcTangentRatio(ofSquare: t * t)
    angle = angle.replacing(with: angle + Self(.pi / 4), where: isWide)
    angle = angle.replacing(with: Self(.pi / 2) - angle, where: isSteep)
    angle = angle.replacing(with: Self(.pi) - angle, where: x .< .zero)
    return angle.replacing(with: -angle, where: y .< .zero)
  }

  /// The angle from −π/2 to π/2 whose sine this is, for numbers from −1 to 1.
  @inlinable
  public func arcSine() -> Self {
    .arcTangent(y: self, x: ((Self.one - self) * (Self.one + self)).squareRoot())
  }

  /// atan(√u)/√u for u from 0 to tan²(π/8).
  @inlinable @inline(__always)
  static func arcTangentRatio(ofSquare u: Self) -> Self {
    var p = Self(-0.03338782450121195) + u * Self(0.015113765096600925)
    p = Self(0.04499500728984032) + u * p
    p = Self(-0.05217312574061591) + u * p
    p = Self(0.05876834004614161) + u * p
    p = Self(-0.06666205259976526) + u * p
    p = Self(0.07692281099937744) + u * p
    p = Self(-0.09090908059031191) + u * p
    p = Self(0.11111111085322109) + u * p
    p = Self(-0.1428571428532971) + u * p
    p = Self(0.19999999999997015) + u * p
    p = Self(-0.33333333333333326) + u * p
    return Self.one + u * p
  }
}
