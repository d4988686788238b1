package import SpatialMath

/// A Butterworth low-pass of second order, by the bilinear transform.
///
///     y = b₀ (x + 2 x₁ + x₂) − a₁ y₁ − a₂ y₂
///
/// with Ω = tan(π f T) for the cut-off f and the period T, c = 1 + √2 Ω + Ω², b₀ = Ω²/c,
/// a₁ = 2 (Ω² − 1)/c and a₂ = (1 − √2 Ω + Ω²)/c. It starts at rest at its first value.
package struct LowPassFilter: Sendable, Equatable {
  private let (b, a1, a2): (Double, Double, Double)
  private var input: (last: Vector<Body, Double>, before: Vector<Body, Double>)?
  private var output: (last: Vector<Body, Double>, before: Vector<Body, Double>) = (.zero, .zero)

  /// A filter of values that come at a steady pace.
  ///
  /// - Parameters:
  ///   - cutoff: The frequency above which it lets less through, below half of that of the values. [Hz]
  ///   - period: The time between two values. [s]
  package init(cutoff: Double, period: Double) {
    // At least four values a period of the cut-off, so that the tangent stays small.
    let (sine, cosine) = (.pi * min(cutoff * period, 0.25)).sineAndCosine()
    let omega = sine / cosine
    let square = omega * omega
    let c = 1 + 2.0.squareRoot() * omega + square
    (b, a1, a2) = (square / c, 2 * (square - 1) / c, (1 - 2.0.squareRoot() * omega + square) / c)
  }

  /// The filtered value of the next one.
  package mutating func filter(_ x: Vector<Body, Double>) -> Vector<Body, Double> {
    guard let input else {
      (input, output) = ((x, x), (x, x))
      return x
    }
    let sum = x + 2 * input.last + input.before
    let y = b * sum - a1 * output.last - a2 * output.before
    (self.input, output) = ((x, input.last), (y, output.last))
    return y
  }

  package static func == (a: Self, b: Self) -> Bool {
    (a.b, a.a1, a.a2) == (b.b, b.a1, b.a2) && a.input?.last == b.input?.last
      && a.input?.before == b.input?.before && a.output == b.output
  }
}
