import Randomness
import SpatialMath

/// The turbulence that one drone meets, a step at a time.
///
/// White noise through the filters whose gains squared are the Dryden spectra, 1 / (1 + T s) for u and
/// (1 + √3 T s) / (1 + T s)² for v and w with T = L / V, each brought from instant to instant without
/// error: at the instants the values have exactly the filters' covariances, whatever the step.
struct DrydenFilter: Sendable, Equatable {
  private var u: Double
  private var v: Cascade
  private var w: Cascade
  private var random: SplitMix64

  private init(u: Double, v: Cascade, w: Cascade, random: SplitMix64) {
    (self.u, self.v, self.w, self.random) = (u, v, w, random)
  }

  /// A filter in its stationary state.
  init(random: SplitMix64) {
    self.random = random
    u = self.random.normal()
    v = Cascade(using: &self.random)
    w = Cascade(using: &self.random)
  }

  /// The turbulence along u, v and w after a step, for intensities of 1. [m/s]
  mutating func next(_ steps: Steps) -> Vector<World, Double> {
    u = steps.decay * u + steps.noise * random.normal()
    return Vector(u, v.next(steps.v, using: &random), w.next(steps.w, using: &random))
  }

  /// What a step of some length does to the filters.
  struct Steps: Sendable {
    fileprivate let decay: Double
    fileprivate let noise: Double
    fileprivate let v: Cascade.Step
    fileprivate let w: Cascade.Step

    /// A step through some turbulence. [s]
    init(_ turbulence: DrydenTurbulence, period: Double) {
      func angle(_ length: Double) -> Double { period * turbulence.airspeed / length }
      decay = (-angle(turbulence.length.x)).exponential()
      noise = max(0, 1 - decay * decay).squareRoot()
      v = Cascade.Step(angle(turbulence.length.y))
      w = Cascade.Step(angle(turbulence.length.z))
    }
  }
}

// What a snapshot keeps of it.
extension DrydenFilter {
  /// A filter of zeros, which stands where there is no turbulence.
  static let blank = DrydenFilter(
    u: 0, v: Cascade(first: 0, second: 0), w: Cascade(first: 0, second: 0),
    random: SplitMix64(seed: 0))

  /// Writes or reads all numbers.
  mutating func code(by coder: inout some WordCoder) {
    u = coder.code(u)
    v = Cascade(first: coder.code(v.first), second: coder.code(v.second))
    w = Cascade(first: coder.code(w.first), second: coder.code(w.second))
    random = SplitMix64(seed: coder.code(random.state))
  }

  var isFinite: Bool { [u, v.first, v.second, w.first, w.second].allSatisfy(\.isFinite) }
}

/// Two equal lags in a row, x₁ and x₂, driven by white noise: their covariance at rest is
/// (½, ¼; ¼, ¼), and √3 x₁ + (1 − √3) x₂ has the spectrum of v and w, of variance 1.
private struct Cascade: Sendable, Equatable {
  fileprivate var first: Double
  fileprivate var second: Double

  init(first: Double, second: Double) { (self.first, self.second) = (first, second) }

  init(using random: inout SplitMix64) {
    let (a, b) = (random.normal(), random.normal())
    first = 0.5.squareRoot() * a
    second = 0.125.squareRoot() * (a + b)
  }

  mutating func next(_ step: Step, using random: inout SplitMix64) -> Double {
    let (a, b) = (random.normal(), random.normal())
    second = step.decay * (second + step.angle * first) + step.shared * a + step.own * b
    first = step.decay * first + step.noise * a
    let root = 3.0.squareRoot()
    return root * first + (1 - root) * second
  }

  /// The transition over d = t / T, exp(−d) (1, 0; d, 1), and the Cholesky factor of the covariance
  /// that noise adds meanwhile, P − F P Fᵀ.
  struct Step: Sendable {
    let angle: Double
    let decay: Double
    let noise: Double
    let shared: Double
    let own: Double

    init(_ angle: Double) {
      let d = angle
      let fade = (-2 * d).exponential()
      self.angle = angle
      decay = (-d).exponential()
      noise = max(0, 0.5 * (1 - fade)).squareRoot()
      let cross = 0.25 - fade * (0.5 * d + 0.25)
      shared = noise > 0 ? cross / noise : 0
      own = max(0, 0.25 - fade * (0.5 * d * d + 0.5 * d + 0.25) - shared * shared).squareRoot()
    }
  }
}
