import Foundation
import Randomness
import SpatialMath
import Testing

struct ElementaryFunctionTests {
  /// The distance of two numbers in units in the last place of the second.
  private func ulps(_ value: Double, _ exact: Double) -> Double { abs(value - exact) / exact.ulp }

  @Test("sine and cosine are within 2 ulp of libm's, or 1e-16, over many turns")
  func sineAndCosine() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<200_000 {
      let angle = random.uniform(in: -1000...1000)
      let (sine, cosine) = angle.sineAndCosine()
      #expect(ulps(sine, sin(angle)) <= 2 || abs(sine - sin(angle)) < 1e-16, "at \(angle)")
      #expect(ulps(cosine, cos(angle)) <= 2 || abs(cosine - cos(angle)) < 1e-16, "at \(angle)")
    }
  }

  @Test("the exponential is within 2 ulp of libm's, and 0 far below")
  func exponential() {
    var random = SplitMix64(seed: 2)
    for _ in 0..<200_000 {
      let x = random.uniform(in: -700...700)
      #expect(ulps(x.exponential(), exp(x)) <= 2, "at \(x)")
    }
    #expect((-1e300).exponential() == 0)
    #expect(0.0.exponential() == 1)
  }

  @Test("the arc tangent is within 3 ulp of libm's in all quadrants")
  func arcTangent() {
    var random = SplitMix64(seed: 3)
    for _ in 0..<200_000 {
      let (x, y) = (random.uniform(in: -3...3), random.uniform(in: -3...3))
      #expect(ulps(.arcTangent(y: y, x: x), atan2(y, x)) <= 3, "at \(x), \(y)")
    }
    #expect(Double.arcTangent(y: 0, x: 0) == 0)
    #expect(Double.arcTangent(y: 0, x: -1) == .pi)
  }

  @Test("the arc sine undoes the sine")
  func arcSine() {
    for step in -157...157 {
      let angle = Double(step) / 100
      #expect(abs(angle.sine().arcSine() - angle) < 2e-14, "at \(angle)")
    }
  }

  @Test("a lane has the bits of the same number alone")
  func lanesAgree() {
    var random = SplitMix64(seed: 4)
    for _ in 0..<10_000 {
      var (a, b) = (DroneLanes.zero, DroneLanes.zero)
      for lane in 0..<DroneLanes.laneCount {
        a[lane: lane] = random.uniform(in: -20...20)
        b[lane: lane] = random.uniform(in: -20...20)
      }
      let (sine, cosine) = a.sineAndCosine()
      let (power, angle) = (a.exponential(), DroneLanes.arcTangent(y: a, x: b))
      for lane in 0..<DroneLanes.laneCount {
        let alone = a[lane: lane].sineAndCosine()
        #expect(sine[lane: lane].bitPattern == alone.sine.bitPattern)
        #expect(cosine[lane: lane].bitPattern == alone.cosine.bitPattern)
        #expect(power[lane: lane].bitPattern == a[lane: lane].exponential().bitPattern)
        let angleAlone = Double.arcTangent(y: a[lane: lane], x: b[lane: lane])
        #expect(angle[lane: lane].bitPattern == angleAlone.bitPattern)
      }
    }
  }

  @Test("bounds keep what is not a number")
  func boundsKeepNaN() {
    #expect(Double.nan.raised(to: 0.0).isNaN && Double.nan.lowered(to: 0.0).isNaN)
    let lanes = DroneLanes(.nan).clamped(from: .zero, to: .one)
    #expect((0..<DroneLanes.laneCount).allSatisfy { lanes[lane: $0].isNaN })
  }
}
