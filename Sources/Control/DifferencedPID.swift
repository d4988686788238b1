import SpatialMath

/// A PID whose derivative is the difference of the error, 0 before the first.
struct DifferencedPID<F: Frame>: Sendable {
  let p: Vector<F, Double>
  let i: Vector<F, Double>
  let d: Vector<F, Double>
  /// The error that was seen last.
  private(set) var last = Vector<F, Double>.zero
  private var integral = Vector<F, Double>.zero

  init(p: Vector<F, Double>, i: Vector<F, Double>, d: Vector<F, Double>) {
    (self.p, self.i, self.d) = (p, i, d)
  }

  mutating func reset() { (last, integral) = (.zero, .zero) }

  mutating func output(for error: Vector<F, Double>, every period: Double) -> Vector<F, Double> {
    output(for: error, change: error - last, every: period)
  }

  /// The output for an error that has changed by so much since the last one.
  mutating func output(
    for error: Vector<F, Double>, change: Vector<F, Double>, every period: Double
  ) -> Vector<F, Double> {
    let slope = (1 / period) * change
    last = error
    integral += period * error
    return p.scaled(by: error) + i.scaled(by: integral) + d.scaled(by: slope)
  }
}
