public import SpatialMath

/// How the air moves: a steady wind, gusts, and turbulence, one on top of the other.
///
/// Effects see the sum as ``FlightCondition/wind``; drag is what feels it.
public struct Wind: Sendable, Equatable {
  /// The steady part, the same everywhere. [m/s]
  package var mean: Vector<World, Double>
  /// What comes once, the same everywhere.
  package var gusts: [Gust]
  /// What never stops, different at each drone.
  package var turbulence: DrydenTurbulence?

  /// A wind.
  public init(
    mean: Vector<World, Double> = .zero, gusts: [Gust] = [], turbulence: DrydenTurbulence? = nil
  ) {
    (self.mean, self.gusts, self.turbulence) = (mean, gusts, turbulence)
  }

  /// Air at rest.
  package static let none = Wind()

  /// The steady part and the gusts at a time since the start. [m/s]
  package func velocity(at time: Double) -> Vector<World, Double> {
    gusts.reduce(mean) { $0 + $1.velocity(at: time) }
  }
}

/// A discrete gust of the shape 1 − cosine.
///
///     w(t) = ŵ/2 (1 − cos(2π (t − t₀) / T))      for t₀ ≤ t ≤ t₀ + T, else 0
///
/// - 14 CFR 25.341(a)(2), over time in the place of distance. MIL-F-8785C, 1980, section 3.7.3 has its
///   rise alone.
public struct Gust: Sendable, Equatable {
  /// The velocity ŵ at its height. [m/s]
  package var peak: Vector<World, Double>
  /// When it begins, t₀. [s]
  package var start: Double
  /// How long it lasts, T. [s]
  package var duration: Double

  /// A gust. [m/s, s, s]
  public init(peak: Vector<World, Double>, start: Double, duration: Double) {
    (self.peak, self.start, self.duration) = (peak, start, duration)
  }

  /// The velocity at a time. [m/s]
  func velocity(at time: Double) -> Vector<World, Double> {
    guard duration > 0, time > start, time < start + duration else { return .zero }
    let angle = 2 * Double.pi * (time - start) / duration
    return (0.5 - 0.5 * angle.cosine()) * peak
  }
}
