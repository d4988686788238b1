import Parameters
package import SpatialMath

/// A level circle, flown counterclockwise at constant speed.
///
///     p(t) = c + r (cos φ, sin φ, 0),     φ = 2π t / T + φ₀
package struct CircleReference: Reference {
  private let center: Vector<World, Double>
  private let radius: Double
  private let period: Double
  private let phase: Double
  private let yaw: Double

  /// A circle.
  ///
  /// - Parameters:
  ///   - center: The centre c. [m]
  ///   - radius: The radius r. [m]
  ///   - period: The time T of a lap; negative for clockwise. [s]
  ///   - phase: The angle φ₀ of the start, from the x axis. [rad]
  ///   - yaw: The heading. [rad]
  package init(
    center: Vector<World, Double>, radius: Double, period: Double, phase: Double = 0,
    yaw: Double = 0
  ) {
    self.center = center
    self.radius = radius
    self.period = period
    self.phase = phase
    self.yaw = yaw
  }

  package func setpoint(at time: Double) -> Setpoint {
    let rate = 2 * Double.pi / period
    let (sine, cosine) = (rate * time + phase).sineAndCosine()
    let arm = Vector<World, Double>(radius * cosine, radius * sine, 0)
    let velocity = Vector<World, Double>(-radius * rate * sine, radius * rate * cosine, 0)
    return Setpoint(
      position: center + arm, velocity: velocity, acceleration: (-rate * rate) * arm,
      jerk: (-rate * rate) * velocity, yaw: yaw)
  }
}

extension CircleReference {
  static let entry = ReferenceCatalogue.Entry(
    name: "circle", summary: "a level circle at constant speed",
    parameters: .radius, .period, .phase, .center(), .heading()
  ) { radius, period, phase, center, yaw in
    CircleReference(center: center, radius: radius, period: period, phase: phase, yaw: yaw)
  }
}

extension Parameter<Double> {
  static var radius: Self { .number("radius", "the radius", unit: "m", in: .positive) }

  static var period: Self {
    .number(
      "period", "the time of a round; negative for the other way round", unit: "s", in: .nonZero)
  }

  static var phase: Self {
    .number("phase", "the angle at the start", unit: "rad", default: 0)
  }

  static var speed: Self {
    .number("speed", "the speed from point to point", unit: "m/s", in: .positive)
  }
}
