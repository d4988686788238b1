public import Randomness
public import SpatialMath

/// The errors of a sensor, whichever it is: white noise, a bias that walks at random, and losses.
///
///     y = x + b + n,      b(t + T) = b(t) + N(0, κ² T),      b(0) ~ N(0, β²)
///
/// with the time T between two measurements, and n ~ N(0, σ²) for noise that is given by its deviation σ,
/// or n ~ N(0, σ² / T) for noise that is given by its density σ.
///
/// - J. Rehder et al., "Extending kalibr", ICRA 2016,
///   [doi:10.1109/ICRA.2016.7487628](https://doi.org/10.1109/ICRA.2016.7487628), section III: the model.
public struct NoiseModel: Sendable, Equatable {
  /// How white noise is given.
  public enum White: Sendable, Equatable {
    /// By the deviation of each measurement. [unit of the measurement]
    case deviation(Double)
    /// By its density, as data sheets have it: the deviation grows with the rate. [unit/√Hz]
    case density(Double)
  }

  /// The white noise, σ.
  package var white: White
  /// The deviation of the first bias, β. [unit of the measurement]
  package var bias: Double
  /// The random walk of the bias, κ. [unit/s/√Hz]
  package var walk: Double
  /// The share of measurements that are lost. [–]
  package var dropout: Double

  /// Noise of these sizes; none, where nothing is said.
  public init(
    _ white: White = .deviation(0), bias: Double = 0, walk: Double = 0, dropout: Double = 0
  ) {
    (self.white, self.bias, self.walk, self.dropout) = (white, bias, walk, dropout)
  }

  /// The truth.
  package static let none = NoiseModel()

  /// The deviation of white noise in measurements a time apart. [unit of the measurement, s]
  package func deviation(every period: Double) -> Double {
    switch white {
    case .deviation(let deviation): deviation
    case .density(let density): (1 / period).squareRoot() * density
    }
  }

  /// White noise, drawn anew for a measurement. [unit of the measurement]
  public func sample(every period: Double, using random: inout SplitMix64) -> Double {
    deviation(every: period) * random.normal()
  }

  /// White noise along three axes, drawn anew for a measurement. [unit of the measurement]
  public func sample<F: Frame>(
    every period: Double, using random: inout SplitMix64
  ) -> Vector<F, Double> {
    deviation(every: period) * random.normalVector()
  }

  /// The bias along three axes at the start. [unit of the measurement]
  package func firstBias<F: Frame>(using random: inout SplitMix64) -> Vector<F, Double> {
    bias * random.normalVector()
  }

  /// By how much the bias along three axes changes over a time. [unit of the measurement]
  package func drift<F: Frame>(
    over period: Double, using random: inout SplitMix64
  ) -> Vector<F, Double> {
    (period.squareRoot() * walk) * random.normalVector()
  }

  /// Whether a measurement is lost.
  package func isLost(using random: inout SplitMix64) -> Bool {
    random.uniform(in: 0...1) < dropout
  }
}

extension SplitMix64 {
  /// Three numbers drawn from the standard normal distribution.
  fileprivate mutating func normalVector<F: Frame>() -> Vector<F, Double> {
    let (x, y, z) = (normal(), normal(), normal())
    return Vector(x, y, z)
  }
}
