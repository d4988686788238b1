/// A polynomial of degree 7 in time, coefficients in ascending order.
package struct Polynomial: Sendable, Equatable {
  /// How many coefficients there are. [–]
  package static let count = 8

  /// The coefficients.
  package private(set) var coefficients: [Double]

  /// A polynomial with these coefficients, and zeros behind them.
  package init(_ coefficients: [Double]) {
    self.coefficients =
      coefficients + Array(repeating: 0, count: Self.count - coefficients.count)
  }

  /// What it starts or ends with.
  package struct End {
    /// The value, its rate, and the rate of that.
    package var value: Double
    package var rate = 0.0
    package var acceleration = 0.0

    /// An end with these.
    package init(value: Double, rate: Double = 0, acceleration: Double = 0) {
      (self.value, self.rate, self.acceleration) = (value, rate, acceleration)
    }
  }

  /// The one that goes from one end to the other in a time T, with no third derivative at either.
  ///
  /// With a = x₁ − x₀ − v₀ T − a₀ T²/2, b = v₁ − v₀ − a₀ T and c = a₁ − a₀, what is missing at the end, the
  /// four conditions on value and derivatives at T give in τ = t / T
  ///
  ///     c₄ = 35 a − 15 T b + 5/2 T² c       c₅ = −84 a + 39 T b − 7 T² c
  ///     c₆ = 70 a − 34 T b + 13/2 T² c      c₇ = −20 a + 10 T b − 2 T² c
  ///
  /// for x(t) = x₀ + v₀ t + a₀ t²/2 + Σ cₖ τᵏ. Where T is no time at all it stands at its end.
  package init(from start: End, to end: End, in time: Double) {
    guard time > Self.shortest else {
      self.init([end.value, end.rate, end.acceleration / 2])
      return
    }
    let square = time * time
    let a = end.value - start.value - start.rate * time - start.acceleration * square / 2
    let b = time * (end.rate - start.rate - start.acceleration * time)
    let c = square * (end.acceleration - start.acceleration)
    let late = [
      35 * a - 15 * b + 2.5 * c, -84 * a + 39 * b - 7 * c, 70 * a - 34 * b + 6.5 * c,
      -20 * a + 10 * b - 2 * c,
    ]
    var power = square * square
    let scaled = late.map { coefficient in
      defer { power *= time }
      return coefficient / power
    }
    self.init([start.value, start.rate, start.acceleration / 2, 0] + scaled)
  }

  /// The Bézier curve of control points over a time; a constant, a line or a curve of a higher degree.
  package init(controlPoints points: [Double], over time: Double) {
    let degree = points.count - 1
    // cⱼ = n! / (n − j)! Σᵢ (−1)^(i + j) Pᵢ / (i! (j − i)!)
    var power = 1.0
    let coefficients = (0...degree).map { j in
      let sum = (0...j).reduce(0.0) { sum, i in
        let sign = (i + j) % 2 == 0 ? 1.0 : -1
        return sum + sign * points[i] / (Self.factorial(i) * Self.factorial(j - i))
      }
      defer { power *= max(time, Self.shortest) }
      return sum * Self.factorial(degree) / Self.factorial(degree - j) / power
    }
    self.init(coefficients)
  }

  /// Less is no time at all: the seventh power of its inverse would be no number. [s]
  private static let shortest = 1e-3

  private static func factorial(_ n: Int) -> Double {
    (1...max(1, n)).reduce(1) { $0 * Double($1) }
  }

  /// Value, and first to third derivative at a time. [s]
  package func values(at time: Double) -> (
    value: Double, rate: Double, acceleration: Double, jerk: Double
  ) {
    var (value, rate, half, sixth) = (0.0, 0.0, 0.0, 0.0)
    for coefficient in coefficients.reversed() {
      sixth = sixth * time + half
      half = half * time + rate
      rate = rate * time + value
      value = value * time + coefficient
    }
    return (value, rate, 2 * half, 6 * sixth)
  }

  /// The same, as many times slower as a factor says.
  package func slowed(by factor: Double) -> Polynomial {
    var scale = 1.0
    return Polynomial(
      coefficients.map { coefficient in
        defer { scale /= factor }
        return coefficient * scale
      })
  }

  /// The same backwards: at t what this one is at −t.
  package var reversed: Polynomial {
    Polynomial(coefficients.enumerated().map { $0.offset % 2 == 0 ? $0.element : -$0.element })
  }
}
