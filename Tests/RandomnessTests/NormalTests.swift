import Randomness
import Testing

struct NormalTests {
  static let count = 200_000

  /// Standard errors: √(k-th moment's variance / n); bounds are five of them.
  @Test("has the moments of the standard normal distribution", arguments: [1, 2, 3] as [UInt64])
  func moments(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var sums = (0.0, 0.0, 0.0, 0.0)
    for _ in 0..<Self.count {
      let x = random.normal()
      sums = (sums.0 + x, sums.1 + x * x, sums.2 + x * x * x, sums.3 + x * x * x * x)
    }
    let n = Double(Self.count)
    let error = 5 / n.squareRoot()
    #expect(abs(sums.0 / n) < error)
    #expect(abs(sums.1 / n - 1) < 2.0.squareRoot() * error)
    #expect(abs(sums.2 / n) < 15.0.squareRoot() * error)
    #expect(abs(sums.3 / n - 3) < 96.0.squareRoot() * error)
  }

  @Test("falls within 1, 2 and 3 deviations as often as it should")
  func quantiles() {
    var random = SplitMix64(seed: 4)
    var within = [0, 0, 0]
    for _ in 0..<Self.count {
      let x = abs(random.normal())
      for bound in 0..<3 where x < Double(bound + 1) { within[bound] += 1 }
    }
    for (share, expected) in zip(within, [0.682689, 0.954500, 0.997300]) {
      let p = Double(share) / Double(Self.count)
      #expect(abs(p - expected) < 5 * (expected * (1 - expected) / Double(Self.count)).squareRoot())
    }
  }

  @Test("the same seed gives the same numbers, another one others")
  func repeats() {
    func draw(_ seed: UInt64) -> [Double] {
      var random = SplitMix64(seed: seed)
      return (0..<100).map { _ in random.normal() }
    }
    #expect(draw(7) == draw(7) && draw(7) != draw(8))
    // The first one, so that a change of the method cannot pass unseen.
    #expect(abs(draw(1)[0] - 0.42945220538400686) < 1e-15)
  }
}
