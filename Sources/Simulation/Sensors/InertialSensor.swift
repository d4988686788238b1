public import Randomness
public import SpatialMath

/// What an inertial sensor says at one instant.
public struct InertialMeasurement: Sendable, Equatable {
  /// The body rates, as the gyroscope has them. [rad/s]
  public var rates: Vector<Body, Double>
  /// The acceleration without gravity along the body's axes, as the accelerometer has it. [m/s²]
  public var specificForce: Vector<Body, Double>
}

/// A gyroscope and an accelerometer: each adds white noise and a bias that wanders.
///
///     y = x + b + n,      n ~ N(0, σ² / T),      b(t + T) = b(t) + N(0, κ² T)
///
/// with the noise density σ, the random walk κ and the time T between two measurements; the first bias is
/// drawn from N(0, β²).
///
/// - J. Rehder et al., "Extending kalibr", ICRA 2016,
///   [doi:10.1109/ICRA.2016.7487628](https://doi.org/10.1109/ICRA.2016.7487628), section III: the model.
public struct InertialSensor: Sendable {
  /// How bad a sensor is.
  public struct Errors: Sendable, Equatable {
    /// The gyroscope's noise density. [rad/s/√Hz]
    public var rateNoise: Double
    /// The deviation of the gyroscope's first bias. [rad/s]
    public var rateBias: Double
    /// The random walk of the gyroscope's bias. [rad/s²/√Hz]
    public var rateWalk: Double
    /// The accelerometer's noise density. [m/s²/√Hz]
    public var forceNoise: Double
    /// The deviation of the accelerometer's first bias. [m/s²]
    public var forceBias: Double
    /// The random walk of the accelerometer's bias. [m/s³/√Hz]
    public var forceWalk: Double

    /// Errors of these sizes; none, where nothing is said.
    public init(
      rateNoise: Double = 0, rateBias: Double = 0, rateWalk: Double = 0, forceNoise: Double = 0,
      forceBias: Double = 0, forceWalk: Double = 0
    ) {
      (self.rateNoise, self.rateBias, self.rateWalk) = (rateNoise, rateBias, rateWalk)
      (self.forceNoise, self.forceBias, self.forceWalk) = (forceNoise, forceBias, forceWalk)
    }
  }

  private let errors: Errors
  private var random: SplitMix64
  private var rateBias: Vector<Body, Double>
  private var forceBias: Vector<Body, Double>

  /// A sensor that draws its errors from some random numbers.
  public init(_ errors: Errors, random: SplitMix64) {
    self.errors = errors
    self.random = random
    rateBias = errors.rateBias * self.random.normalVector()
    forceBias = errors.forceBias * self.random.normalVector()
  }

  /// Measures.
  ///
  /// - Parameters:
  ///   - rates: The true body rates. [rad/s]
  ///   - specificForce: The true acceleration without gravity, along the body's axes. [m/s²]
  ///   - period: The time since the last measurement. [s]
  /// - Returns: What the sensor says.
  public mutating func measure(
    rates: Vector<Body, Double>, specificForce: Vector<Body, Double>, every period: Double
  ) -> InertialMeasurement {
    let (root, inverse) = (period.squareRoot(), (1 / period).squareRoot())
    rateBias += (root * errors.rateWalk) * random.normalVector()
    forceBias += (root * errors.forceWalk) * random.normalVector()
    return InertialMeasurement(
      rates: rates + rateBias + (inverse * errors.rateNoise) * random.normalVector(),
      specificForce: specificForce + forceBias
        + (inverse * errors.forceNoise) * random.normalVector())
  }
}

extension SplitMix64 {
  /// Three numbers drawn from the standard normal distribution.
  mutating func normalVector<F: Frame>() -> Vector<F, Double> {
    let (x, y, z) = (normal(), normal(), normal())
    return Vector(x, y, z)
  }
}
