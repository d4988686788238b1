import SpatialMath

/// A Kalman filter of one body rate, with a slow and a fast disturbance of its acceleration.
///
///     ω ← ω + dt (acceleration − d ω + b + f),   b ← b,   f ← a f,   a = exp(−dt/τ)
///
/// with the covariance P ← F P Fᵀ + diag(0, q dt, s² (1 − a²)); the gyro then corrects. Only ratios of the
/// variances matter: that of the gyro is fixed.
package struct RateFilter {
  private static let gyroVariance = 0.01

  /// The rate. [rad/s]
  package private(set) var rate: Double
  /// The slow disturbance b. [rad/s²]
  package private(set) var slow = 0.0
  /// The fast disturbance f. [rad/s²]
  package private(set) var fast = 0.0

  private var covariance: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>)
  private let damping: Double
  private let fastVariance: Double
  private let fastTime: Double
  private let slowDrift: Double

  /// A filter that starts at a measured rate. [rad/s, 1/s]
  package init(at rate: Double, damping: Double, fast: Double, _ numbers: ObserverNumbers) {
    (self.rate, self.damping) = (rate, damping)
    (fastVariance, fastTime, slowDrift) = (fast * fast, numbers.fastTime, numbers.slow)
    covariance = (
      SIMD3(Self.gyroVariance, 0, 0), SIMD3(0, 100, 0), SIMD3(0, 0, fast * fast)
    )
  }

  /// Goes on by a time under an acceleration, and takes in a measured rate. [s, rad/s², rad/s]
  package mutating func advance(_ time: Double, acceleration: Double, measured gyro: Double) {
    let decay = (-time / fastTime).exponential()
    rate += time * (acceleration - damping * rate + slow + fast)
    fast *= decay
    let first = SIMD3(1 - damping * time, time, time)
    let (p0, p1, p2) = covariance
    let rows = (first.x * p0 + time * (p1 + p2), p1, decay * p2)
    func turned(_ row: SIMD3<Double>) -> SIMD3<Double> {
      SIMD3((row * first).sum(), row.y, decay * row.z)
    }
    covariance = (turned(rows.0), turned(rows.1), turned(rows.2))
    covariance.1.y += slowDrift * time
    covariance.2.z += fastVariance * (1 - decay * decay)
    let top = covariance.0
    let scale = 1 / (top.x + Self.gyroVariance)
    let gain = SIMD3(top.x, covariance.1.x, covariance.2.x) * scale
    let error = gyro - rate
    rate += gain.x * error
    slow += gain.y * error
    fast += gain.z * error
    covariance = (top - gain.x * top, covariance.1 - gain.y * top, covariance.2 - gain.z * top)
  }
}

/// A Kalman filter of one component of velocity, with a bias that acts on it by some gain.
struct BiasFilter {
  static let velocityVariance = 1e-4

  private var (p00, p01): (Double, Double) = (velocityVariance, 0)
  private var p11: Double
  private let drift: Double

  /// A filter of a bias with a variance that grows by a drift.
  init(variance: Double, drift: Double) { (p11, self.drift) = (variance, drift) }

  /// Goes on by a time in which the bias changes the velocity by a multiple of itself.
  ///
  /// - Parameters:
  ///   - time: The time. [s]
  ///   - gain: The multiple.
  ///   - error: What was measured less what was predicted. [m/s]
  /// - Returns: What to add to the bias, and the share of the error to add to the velocity.
  mutating func advance(
    _ time: Double, gain: Double, error: Double
  ) -> (bias: Double, share: Double) {
    let m = gain
    p00 += 2 * m * p01 + m * m * p11
    p01 += m * p11
    p11 += drift * time
    let scale = 1 / (p00 + Self.velocityVariance)
    let (k0, k1) = (p00 * scale, p01 * scale)
    p11 -= k1 * p01
    p00 *= 1 - k0
    p01 *= 1 - k0
    return (k1 * error, k0)
  }
}
