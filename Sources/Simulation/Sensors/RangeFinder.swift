public import Randomness
import SpatialMath

/// A sensor of the distance to what is in front of it.
public struct RangeFinder: Sendable {
  /// How bad a sensor is.
  public struct Errors: Sendable, Equatable {
    /// The deviation of the distance. [m]
    public var noise: Double
    /// The shortest distance that it sees. [m]
    public var minimum: Double
    /// The longest distance that it sees. [m]
    public var maximum: Double
    /// The share of measurements that fail. [–]
    public var dropout: Double

    /// Errors of these sizes; none, where nothing is said.
    public init(
      noise: Double = 0, minimum: Double = 0, maximum: Double = .infinity, dropout: Double = 0
    ) {
      (self.noise, self.dropout) = (noise, dropout)
      (self.minimum, self.maximum) = (minimum, maximum)
    }
  }

  private let errors: Errors
  private var random: SplitMix64

  /// A sensor that draws its errors from some random numbers.
  public init(_ errors: Errors, random: SplitMix64) {
    (self.errors, self.random) = (errors, random)
  }

  /// Measures a distance, infinite where there is nothing, or sees nothing: `nil`. [m]
  public mutating func measure(_ distance: Double) -> Double? {
    let measured = distance + errors.noise * random.normal()
    let isLost = random.uniform(in: 0...1) < errors.dropout
    let range = errors.minimum...max(errors.minimum, errors.maximum)
    return !isLost && distance.isFinite && range.contains(distance) ? max(0, measured) : nil
  }
}
