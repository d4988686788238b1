import SpatialMath

/// A Butterworth band-pass of order four, run forwards and backwards, so that nothing is delayed.
///
/// The poles pₖ of the low-pass of order 4 become pₖ B/2 ± √((pₖ B/2)² − Ω₀²), with B and Ω₀² the difference and
/// the product of the band's edges Ω = 4 tan(π f T); the bilinear transform z = (4 + s)/(4 − s) then makes four
/// sections of second order with zeros at ±1. Signals are continued at both ends, turned about their
/// first and last value, and the filter starts as if the first value had always been there.
package struct BandPass: Sendable {
  private struct Section {
    let (a1, a2): (Double, Double)
  }

  private let sections: [Section]
  private let gain: Double
  /// How many values a signal is continued by.
  private static let padding = 27

  /// A band-pass.
  ///
  /// - Parameters:
  ///   - band: The frequencies that pass, below half of that of the values. [Hz]
  ///   - interval: The time between two values. [s]
  package init(_ band: ClosedRange<Double>, interval: Double) {
    func warped(_ frequency: Double) -> Double {
      let (sine, cosine) = (.pi * min(frequency * interval, 0.499)).sineAndCosine()
      return 4 * sine / cosine
    }
    let (low, high) = (warped(band.lowerBound), warped(band.upperBound))
    let square = low * high
    var sections: [Section] = []
    for angle in [5 * Double.pi / 8, 7 * Double.pi / 8] {
      let (sine, cosine) = angle.sineAndCosine()
      let half = Complex(cosine, sine) * ((high - low) / 2)
      let root = (half * half - Complex(square, 0)).squareRoot
      for pole in [half + root, half - root] {
        let z = (Complex(4, 0) + pole) / (Complex(4, 0) - pole)
        sections.append(Section(a1: -2 * z.real, a2: z.squaredNorm))
      }
    }
    self.sections = sections
    gain = Self.gain(of: sections, at: 2 * Double.arcTangent(y: square.squareRoot(), x: 4))
  }

  /// One over the magnitude at an angle of the unit circle: that of the middle of the band passes whole.
  private static func gain(of sections: [Section], at angle: Double) -> Double {
    let (sine, cosine) = angle.sineAndCosine()
    let z = Complex(cosine, -sine)
    return sections.reduce(1) { gain, section in
      let top = Complex(1, 0) - z * z
      let bottom = Complex(1, 0) + z * section.a1 + z * z * section.a2
      return gain * (bottom.squaredNorm / top.squaredNorm).squareRoot()
    }
  }

  /// The part of a signal that lies in the band.
  package func filter(_ signal: [Double]) -> [Double] {
    let count = signal.count
    let padding = min(Self.padding, count - 1)
    guard padding > 0 else { return signal.map { _ in 0 } }
    var values: [Double] = []
    values.reserveCapacity(count + 2 * padding)
    for index in (1...padding).reversed() { values.append(2 * signal[0] - signal[index]) }
    values += signal
    for index in 1...padding {
      values.append(2 * signal[count - 1] - signal[count - 1 - index])
    }
    run(&values)
    values.reverse()
    run(&values)
    values.reverse()
    return Array(values[padding..<padding + count])
  }

  private func run(_ values: inout [Double]) {
    for (index, section) in sections.enumerated() {
      // At rest at the first value nothing comes out of a section, and nothing reaches the next one.
      var (x1, x2) = index == 0 ? (values[0], values[0]) : (0.0, 0.0)
      var (y1, y2) = (0.0, 0.0)
      for i in values.indices {
        let x = values[i]
        let y = x - x2 - section.a1 * y1 - section.a2 * y2
        (x2, x1, y2, y1) = (x1, x, y1, y)
        values[i] = y
      }
    }
    for i in values.indices { values[i] *= gain }
  }
}

/// A complex number.
private struct Complex {
  let (real, imaginary): (Double, Double)

  init(_ real: Double, _ imaginary: Double) { (self.real, self.imaginary) = (real, imaginary) }

  var squaredNorm: Double { real * real + imaginary * imaginary }

  /// The root with a real part of 0 or more.
  var squareRoot: Complex {
    let norm = squaredNorm.squareRoot()
    let a = max(0, (norm + real) / 2).squareRoot()
    let b = max(0, (norm - real) / 2).squareRoot()
    return Complex(a, imaginary < 0 ? -b : b)
  }

  static func + (a: Complex, b: Complex) -> Complex {
    Complex(a.real + b.real, a.imaginary + b.imaginary)
  }
  static func - (a: Complex, b: Complex) -> Complex {
    Complex(a.real - b.real, a.imaginary - b.imaginary)
  }
  static func * (a: Complex, b: Complex) -> Complex {
    Complex(
      a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real)
  }
  static func * (a: Complex, b: Double) -> Complex { Complex(a.real * b, a.imaginary * b) }
  static func / (a: Complex, b: Complex) -> Complex {
    a * Complex(b.real, -b.imaginary) * (1 / b.squaredNorm)
  }
}
