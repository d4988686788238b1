import Parameters
package import SpatialMath

/// A closed curve whose coordinates are sines of time: helix, lemniscate, Lissajous figure.
///
///     p(t) = c + (x(t), y(t), z(t)),     x(t) = a sin(2π n t / T + φ), and so on
package struct HarmonicReference: Reference {
  /// The oscillation of one coordinate.
  struct Oscillation: Sendable {
    /// The amplitude a. [m]
    var amplitude: Double
    /// The frequency 2π n / T. [rad/s]
    var frequency: Double
    /// The phase φ. [rad]
    var phase: Double

    /// The coordinate and its first three derivatives.
    func derivatives(at time: Double) -> [Double] {
      let (sine, cosine) = (frequency * time + phase).sineAndCosine()
      let w = frequency
      return [
        amplitude * sine, amplitude * w * cosine, -amplitude * w * w * sine,
        -amplitude * w * w * w * cosine,
      ]
    }
  }

  private let center: Vector<World, Double>
  private let oscillations: [Oscillation]
  private let yaw: Double

  init(center: Vector<World, Double>, oscillations: [Oscillation], yaw: Double) {
    (self.center, self.oscillations, self.yaw) = (center, oscillations, yaw)
  }

  package func setpoint(at time: Double) -> Setpoint {
    let (x, y, z) = (
      oscillations[0].derivatives(at: time), oscillations[1].derivatives(at: time),
      oscillations[2].derivatives(at: time)
    )
    return Setpoint(
      position: center + Vector(x[0], y[0], z[0]), velocity: Vector(x[1], y[1], z[1]),
      acceleration: Vector(x[2], y[2], z[2]), jerk: Vector(x[3], y[3], z[3]), yaw: yaw)
  }
}

extension HarmonicReference {
  /// A figure of eight in the level plane, the lemniscate of Gerono: x = a sin φ, y = a/2 sin 2φ.
  ///
  /// - Parameters:
  ///   - center: Where it crosses itself. [m]
  ///   - radius: Half its length a. [m]
  ///   - period: The time of a lap; negative for the other way round. [s]
  ///   - phase: The phase φ at the start. [rad]
  ///   - yaw: The heading. [rad]
  /// - Returns: The reference.
  package static func lemniscate(
    center: Vector<World, Double>, radius: Double, period: Double, phase: Double = 0,
    yaw: Double = 0
  ) -> HarmonicReference {
    let rate = 2 * Double.pi / period
    return HarmonicReference(
      center: center,
      oscillations: [
        Oscillation(amplitude: radius, frequency: rate, phase: phase),
        Oscillation(amplitude: 0.5 * radius, frequency: 2 * rate, phase: 2 * phase),
        Oscillation(amplitude: 0, frequency: rate, phase: 0),
      ], yaw: yaw)
  }

  /// A circle that climbs and sinks without end, slowing down smoothly at top and bottom.
  ///
  /// - Parameters:
  ///   - center: The centre of the lowest lap. [m]
  ///   - radius: The radius. [m]
  ///   - height: How high it climbs. [m]
  ///   - laps: How many laps it takes to the top. [–]
  ///   - period: The time of a lap; negative for clockwise. [s]
  ///   - phase: The angle of the start, from the x axis. [rad]
  ///   - yaw: The heading. [rad]
  /// - Returns: The reference.
  package static func helix(
    center: Vector<World, Double>, radius: Double, height: Double, laps: Double, period: Double,
    phase: Double = 0, yaw: Double = 0
  ) -> HarmonicReference {
    let rate = 2 * Double.pi / period
    return HarmonicReference(
      center: center + Vector(0, 0, 0.5 * height),
      oscillations: [
        Oscillation(amplitude: radius, frequency: rate, phase: phase + .pi / 2),
        Oscillation(amplitude: radius, frequency: rate, phase: phase),
        Oscillation(amplitude: -0.5 * height, frequency: 0.5 * rate / laps, phase: .pi / 2),
      ], yaw: yaw)
  }

  /// A Lissajous figure: each coordinate oscillates with its own amplitude, frequency and phase.
  ///
  /// - Parameters:
  ///   - center: The middle. [m]
  ///   - amplitude: The amplitude of each coordinate. [m]
  ///   - frequency: How often each coordinate oscillates in a period. [–]
  ///   - phase: Where each coordinate starts. [rad]
  ///   - period: The time in which all of them come round. [s]
  ///   - yaw: The heading. [rad]
  /// - Returns: The reference.
  package static func lissajous(
    center: Vector<World, Double>, amplitude: Vector<World, Double>,
    frequency: Vector<World, Double>, phase: Vector<World, Double> = .zero, period: Double,
    yaw: Double = 0
  ) -> HarmonicReference {
    let rate = 2 * Double.pi / period
    return HarmonicReference(
      center: center,
      oscillations: [
        Oscillation(amplitude: amplitude.x, frequency: rate * frequency.x, phase: phase.x),
        Oscillation(amplitude: amplitude.y, frequency: rate * frequency.y, phase: phase.y),
        Oscillation(amplitude: amplitude.z, frequency: rate * frequency.z, phase: phase.z),
      ], yaw: yaw)
  }
}

extension HarmonicReference {
  static let lemniscateEntry = ReferenceCatalogue.Entry(
    name: "lemniscate", summary: "a level figure of eight",
    parameters: .radius, .period, .phase, .center(), .heading()
  ) { radius, period, phase, center, yaw in
    lemniscate(center: center, radius: radius, period: period, phase: phase, yaw: yaw)
  }

  static let helixEntry = ReferenceCatalogue.Entry(
    name: "helix", summary: "a circle that climbs and sinks without end",
    parameters: .radius, .number("height", "how high it climbs", unit: "m"),
    .number("laps", "how many laps it takes to the top", in: .positive), .period, .phase,
    .center("center", "the centre of the lowest lap"), .heading()
  ) { radius, height, laps, period, phase, center, yaw in
    helix(
      center: center, radius: radius, height: height, laps: laps, period: period, phase: phase,
      yaw: yaw)
  }

  static let lissajousEntry = ReferenceCatalogue.Entry(
    name: "lissajous", summary: "each coordinate oscillates by itself",
    parameters: .vector("amplitude", "the amplitude of each coordinate", unit: "m"),
    .vector("frequency", "how often each coordinate oscillates in a period"),
    .vector("phase", "where each coordinate starts", unit: "rad", default: .zero), .period,
    .center(), .heading()
  ) { amplitude, frequency, phase, period, center, yaw in
    lissajous(
      center: center, amplitude: amplitude, frequency: frequency, phase: phase, period: period,
      yaw: yaw)
  }
}
