import Parameters
package import SpatialMath

/// A straight line, flown there and back without end, slowing down smoothly at both ends.
///
///     p(t) = (a + b) / 2 + (a − b) / 2 · cos(2π t / T)
package struct LineReference: Reference {
  private let start: Vector<World, Double>
  private let end: Vector<World, Double>
  private let period: Double
  private let yaw: Double

  /// A line from a to b and back in the time T. [m, m, s, rad]
  package init(
    from start: Vector<World, Double>, to end: Vector<World, Double>, period: Double,
    yaw: Double = 0
  ) {
    self.start = start
    self.end = end
    self.period = period
    self.yaw = yaw
  }

  package func setpoint(at time: Double) -> Setpoint {
    let rate = 2 * Double.pi / period
    let (sine, cosine) = (rate * time).sineAndCosine()
    let half = 0.5 * (start - end)
    let velocity = (-rate * sine) * half
    return Setpoint(
      position: 0.5 * (start + end) + cosine * half, velocity: velocity,
      acceleration: (-rate * rate * cosine) * half, jerk: (-rate * rate) * velocity, yaw: yaw)
  }
}

extension LineReference {
  static let entry = ReferenceCatalogue.Entry(
    name: "line", summary: "a straight line, there and back without end",
    parameters: .startPosition("from", "one end"), .vector("to", "the other end", unit: "m"),
    .period, .heading()
  ) { start, end, period, yaw in LineReference(from: start, to: end, period: period, yaw: yaw) }
}
