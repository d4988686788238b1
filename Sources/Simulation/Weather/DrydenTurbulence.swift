public import SpatialMath

/// Continuous turbulence of the Dryden form.
///
/// The velocity along the mean wind (u), across it (v) and upwards (w) has, over the circular frequency
/// ω in rad/s of what a vehicle meets at the airspeed V, the one-sided spectra
///
///     Φu(ω) = σu² (2 Lu / π V) / (1 + (Lu ω / V)²)
///     Φv(ω) = σv² (Lv / π V) (1 + 3 (Lv ω / V)²) / (1 + (Lv ω / V)²)²      and w like v
///
/// whose integrals are the squares of the intensities σ. The field is frozen: a vehicle at rest meets it at
/// the airspeed that is given, and each drone meets its own.
///
/// - MIL-F-8785C, "Flying Qualities of Piloted Airplanes", 1980, section 3.7.2.2.
public struct DrydenTurbulence: Sendable, Equatable {
  /// The intensities σ along u, v and w. [m/s]
  package var intensity: Vector<World, Double>
  /// The lengths L along u, v and w. [m]
  package var length: Vector<World, Double>
  /// The airspeed V. [m/s]
  package var airspeed: Double

  /// Turbulence with these numbers. [m/s, m, m/s]
  public init(
    intensity: Vector<World, Double>, length: Vector<World, Double>, airspeed: Double
  ) {
    (self.intensity, self.length, self.airspeed) = (intensity, length, airspeed)
  }

  /// Turbulence with the lengths that belong to a height.
  ///
  /// Lw = h and Lu = Lv = h / (0.177 + 0.000823 h)^1.2 with h in feet, held between 10 and 1,000 ft.
  ///
  /// - Parameters:
  ///   - intensity: The intensity in every direction. [m/s]
  ///   - height: The height above ground. [m]
  ///   - airspeed: The airspeed V. [m/s]
  public init(intensity: Double, height: Double, airspeed: Double) {
    let foot = 0.3048
    let h = (height / foot).clamped(from: 10, to: 1000)
    let ratio = 0.177 + 0.000823 * h
    let level = foot * h / (ratio * Self.fifthRoot(ratio))
    self.init(
      intensity: Vector(intensity, intensity, intensity),
      length: Vector(level, level, foot * h), airspeed: airspeed)
  }

  /// The fifth root of a number near 1, by Newton's method.
  private static func fifthRoot(_ x: Double) -> Double {
    (0..<20).reduce(1.0) { y, _ in y - (y - x / (y * y * y * y)) / 5 }
  }
}
