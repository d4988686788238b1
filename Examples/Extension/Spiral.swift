import Swiftlet

/// A level spiral outwards from a place: p(t) = c + (r₀ + g t) (cos ωt, sin ωt, 0).
struct Spiral: Reference {
  /// The centre c. [m]
  let center: Vector<World, Double>
  /// The radius r₀ at the start. [m]
  let radius: Double
  /// How fast the radius grows, g. [m/s]
  let growth: Double
  /// The time of a turn. [s]
  let period: Double

  func setpoint(at time: Double) -> Setpoint {
    let rate = 2 * Double.pi / period
    let (sine, cosine) = (rate * time).sineAndCosine()
    let r = radius + growth * time
    return Setpoint(
      position: center + Vector(r * cosine, r * sine, 0),
      velocity: Vector(growth * cosine - r * rate * sine, growth * sine + r * rate * cosine, 0))
  }
}

extension Spiral {
  static let entry = ReferenceCatalogue.Entry(
    name: "spiral", summary: "a level spiral outwards",
    parameters: .startPosition("center", "the centre"),
    .number("radius", "the radius at the start", unit: "m", in: .atLeast(0), default: 0.5),
    .number("growth", "how fast the radius grows", unit: "m/s", default: 0.02),
    .number("period", "the time of a turn", unit: "s", in: .nonZero, default: 8)
  ) { center, radius, growth, period in
    Spiral(center: center, radius: radius, growth: growth, period: period)
  }
}
