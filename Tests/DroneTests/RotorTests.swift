import Drone
import Randomness
import SpatialMath
import Testing

struct RotorCurveTests {
  @Test("speed and thrust are inverse to each other", arguments: [-5e-7, 0, 5e-7])
  func inverse(slope: Double) {
    let curve = RotorCurve(slope: slope, coefficient: 2.5e-10)
    for thrust in [1e-4, 0.01, 0.1, 1] {
      #expect(abs(curve.value(at: curve.speed(for: thrust)) / thrust - 1) < 1e-12)
    }
  }

  @Test("never pulls, though a fit may pass below zero at low speed")
  func neverPulls() {
    let curve = RotorCurve(slope: -5e-7, coefficient: 2.5e-10)
    #expect(curve.value(at: 1000) == 0 && curve.value(at: 2001) > 0)
  }
}

struct RotorLagTests {
  private let linear = RotorLag<Double>(riseRate: 7, riseGain: 0, fallRate: 11, fallGain: 0)
  private let square = RotorLag<Double>(riseRate: 5, riseGain: 8e-5, fallRate: 0, fallGain: 2e-4)

  @Test("a linear lag is the exponential of its closed form", arguments: [1e-6, 0.01, 0.3, 10])
  func exponential(time: Double) {
    let (up, down) = (
      linear.speed(from: 10_000, to: 15_000, after: time),
      linear.speed(from: 15_000, to: 10_000, after: time)
    )
    #expect(abs(up - (15_000 - 5000 * (-7 * time).exponential())) < 1e-8)
    #expect(abs(down - (10_000 + 5000 * (-11 * time).exponential())) < 1e-8)
  }

  /// Where c1 = 0 the equation dΩ/dt = c2 (u² − Ω²) has Ω = u tanh(c2 u t + artanh(Ω₀/u)).
  @Test("a square lag is the hyperbolic tangent of its closed form", arguments: [0.001, 0.05, 1])
  func hyperbolicTangent(time: Double) {
    let lag = RotorLag<Double>(riseRate: 0, riseGain: 2e-4, fallRate: 1, fallGain: 0)
    let u = 20_000.0
    let growth = (2 * 2e-4 * u * time).exponential() * (1 + 0.25) / (1 - 0.25)
    let expected = u * (growth - 1) / (growth + 1)
    #expect(abs(lag.speed(from: 0.25 * u, to: u, after: time) - expected) < 1e-8)
  }

  @Test(
    "a step is the sum of its parts, whatever their length", arguments: 0..<100 as Range<UInt64>)
  func semigroup(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let (from, to) = (random.uniform(in: 0...25_000), random.uniform(in: 0...25_000))
    let (s, t) = (random.uniform(in: 0...0.1), random.uniform(in: 0...0.1))
    for lag in [linear, square] {
      let whole = lag.speed(from: from, to: to, after: s + t)
      let parts = lag.speed(from: lag.speed(from: from, to: to, after: s), to: to, after: t)
      #expect(abs(whole - parts) < 1e-7, "seed \(seed)")
      #expect(min(from, to) - 1e-9 <= whole && whole <= max(from, to) + 1e-9, "seed \(seed)")
    }
  }

  /// The tangent at the start is the equation itself.
  @Test("starts with the slope of its equation", arguments: 0..<100 as Range<UInt64>)
  func slope(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let (from, to) = (random.uniform(in: 0...25_000), random.uniform(in: 0...25_000))
    let h = 1e-7
    for lag in [linear, square] {
      let slope = (lag.speed(from: from, to: to, after: h) - from) / h
      let rises = to > from
      let (c1, c2) = rises ? (lag.riseRate, lag.riseGain) : (lag.fallRate, lag.fallGain)
      let expected = c1 * (to - from) + c2 * (to * to - from * from)
      #expect(abs(slope - expected) < 1e-4 * max(1, abs(expected)), "seed \(seed)")
    }
  }

  @Test("stays finite where its rate vanishes, and follows at once where there is none")
  func edges() {
    #expect(abs(square.speed(from: 10_000, to: 0, after: 1) - 10_000 / 3) < 1e-8)
    #expect(RotorLag<Double>.none.speed(from: 3, to: 12_345.6, after: 1e-3) == 12_345.6)
    #expect(square.speed(from: 0, to: 20_000, after: 1e6) == 20_000)
  }
}

struct RotorMomentumTests {
  @Test("a counterclockwise rotor's momentum points up, and pairs cancel")
  func signs() throws {
    let model = try ModelCatalogue.standard.model(named: "cf2x_L250")
    let parameters = DroneParameters(model)
    let counterclockwise = RotorMomentum(
      speeds: PerRotor(30_000 / .pi, 0, 0, 0), parameters: parameters)
    #expect(model.rotors[0].spin == .counterclockwise)
    #expect(abs(counterclockwise.momentum / (3.452e-8 * 1000) - 1) < 1e-12)
    let all = RotorMomentum(speeds: PerRotor(repeating: 18_000), parameters: parameters)
    #expect(all.momentum == 0)
  }
}
