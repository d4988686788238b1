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
