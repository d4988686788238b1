extension SplitMix64 {
  /// A number drawn from the standard normal distribution.
  ///
  /// By the polar method, which needs a logarithm and a square root of two even draws, and throws away
  /// one pair in five; the second number of a pair is left unused, so that a generator has no state but
  /// its own.
  ///
  /// - G. Marsaglia, T. A. Bray, "A Convenient Method for Generating Normal Variables", SIAM Review
  ///   1964, [doi:10.1137/1006063](https://doi.org/10.1137/1006063).
  public mutating func normal() -> Double {
    while true {
      let (u, v) = (uniform(in: -1...1), uniform(in: -1...1))
      let s = u * u + v * v
      if s < 1, s > 0 { return u * (-2 * s.logarithm / s).squareRoot() }
    }
  }
}

extension Double {
  /// The natural logarithm of a normal positive number, to within 2 ulp away from 1.
  ///
  /// Not libm's, so that random numbers do not depend on the C library: with the number as m 2ⁿ and m
  /// between √½ and √2, log m = 2 artanh((m − 1) / (m + 1)) by its series.
  fileprivate var logarithm: Double {
    var m = significand
    var n = Double(exponent)
    if m > 1.4142135623730951 { (m, n) = (0.5 * m, n + 1) }
    let z = (m - 1) / (m + 1)
    let z2 = z * z
    var sum = 0.0
    for k in stride(from: 23.0, through: 1, by: -2) { sum = 1 / k + z2 * sum }
    return n * 0.6931471805599453 + 2 * z * sum
  }
}
