import Randomness
import SpatialMath
import Testing

/// Lanes against one number at a time.
@Suite("Lanes do what numbers do")
struct LanesTests {
  /// Numbers of all kinds: whole and broken, tiny and huge, of either sign, and those that are none.
  private static let numbers: [Double] = {
    var random = SplitMix64(seed: 3)
    let kinds = [
      0, -0.0, 1, -1, 0.5, 3, -7.25, .pi, 1e300, -1e300, 1e-300, .leastNonzeroMagnitude,
      .infinity, -.infinity, .nan,
    ]
    return kinds + (0..<49).map { _ in random.uniform(in: -100...100) }
  }()

  @Test("four in double precision") func double() { check(DoubleLanes.self) { $0 } }
  @Test("two times four in double precision") func paired() {
    check(LanePair<DoubleLanes>.self) { $0 }
  }
  @Test("eight in single precision") func single() { check(FloatLanes.self) { Double(Float($0)) } }
  @Test("two times eight in single precision") func pairedSingle() {
    check(LanePair<FloatLanes>.self) { Double(Float($0)) }
  }

  /// Compares all operations with those of numbers, rounded to what the lanes can hold.
  ///
  /// A sum, product, quotient or root in double precision, rounded to single, is what single precision
  /// gives (S. A. Figueroa, "When is double rounding innocuous?", SIGNUM 30(3), 1995).
  private func check<S: Lanes>(_ lanes: S.Type, rounding round: (Double) -> Double) {
    let numbers = Self.numbers.map(round)
    for shift in numbers.indices {
      var (a, b) = (S.zero, S.zero)
      let pairs = (0..<S.laneCount).map { lane in
        (numbers[(lane + shift) % numbers.count], numbers[(3 * lane + 7 * shift) % numbers.count])
      }
      for (lane, pair) in pairs.enumerated() { (a[lane: lane], b[lane: lane]) = pair }
      func expect(_ found: S, _ number: (Double, Double) -> Double) {
        for (lane, pair) in pairs.enumerated() {
          let expected = round(number(pair.0, pair.1))
          let isSame = found[lane: lane].bitPattern == expected.bitPattern
          #expect(isSame || (found[lane: lane].isNaN && expected.isNaN), "of \(pair)")
        }
      }
      func expect(_ found: S.Mask, _ truth: (Double, Double) -> Bool) {
        for (lane, pair) in pairs.enumerated() {
          #expect(found[lane: lane] == truth(pair.0, pair.1), "of \(pair)")
        }
        #expect(found.any == pairs.contains { truth($0.0, $0.1) })
      }
      expect(a + b, +)
      expect(a - b, -)
      expect(a * b, *)
      expect(3 * b) { 3 * $1 }
      expect(a / b, /)
      expect(-a) { x, _ in -x }
      expect(a.magnitude) { x, _ in abs(x) }
      expect(a.squareRoot()) { x, _ in x.squareRoot() }
      expect(a.raised(to: b)) { $0.raised(to: $1) }
      expect(a.lowered(to: b)) { $0.lowered(to: $1) }
      expect(a.replacing(with: b, where: a .< b)) { $0 < $1 ? $1 : $0 }
      expect(a .< b, <)
      expect(a .<= b, <=)
      expect((a .< b) .& (a .< S.zero)) { $0 < $1 && $0 < 0 }
      expect((a .< b) .| (a .< S.zero)) { $0 < $1 || $0 < 0 }
      expect(.!(a .< b)) { !($0 < $1) }
      expect(a.isFinite) { x, _ in x.isFinite }
    }
    for exponent in [-126.0, -1, 0, 1, 52, 127] {
      #expect(S.powerOfTwo(S(exponent)) == S(Double.powerOfTwo(exponent)))
    }
  }
}
