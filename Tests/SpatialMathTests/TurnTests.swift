import Foundation
import Randomness
import SpatialMath
import Testing

/// Turns by rotation vectors, and quaternions that are brought back to length 1.
struct TurnTests {
  private typealias Turn<S: Lanes> = Rotation<World, World, S>

  /// Lengths from nothing to several turns, most of them about where other formulas take over.
  private static let angles: [Double] = {
    var angles: [Double] = [0, 1e-300, 1e-9, 0.01, 0.1, 1, 3, 6, 50]
    for seam in [0.25, 1.58] {
      for place in -50...50 { angles.append(seam * (1 + 1e-4 * Double(place))) }
    }
    return angles + angles.map { -$0 }
  }()

  @Test(
    "a turn is (sin(h), cos(h)) of half its angle, as libm has them, on both sides of each seam")
  func matchesLibm() {
    for angle in Self.angles {
      let turn = Turn<Double>(rotationVector: Vector(0, angle, 0))
      #expect(abs(turn.y - sin(angle / 2)) <= 2.3e-16, "angle \(angle)")
      #expect(abs(turn.w - cos(angle / 2)) <= 2.3e-16, "angle \(angle)")
      #expect(turn.x == 0 && turn.z == 0)
    }
  }

  @Test("in single precision too, and each lane has the bits that it has beside any other")
  func singlePrecision() {
    for angle in Self.angles {
      let turn = Turn<FloatLanes>(
        rotationVector: Vector(FloatLanes(angle), .zero, .zero))
      #expect(abs(turn.x[lane: 3] - sin(angle / 2)) <= 3e-7 * max(1, abs(angle)), "angle \(angle)")
      #expect(abs(turn.w[lane: 3] - cos(angle / 2)) <= 3e-7 * max(1, abs(angle)), "angle \(angle)")
      var mixed = FloatLanes(5)
      mixed[lane: 2] = angle
      let among = Turn<FloatLanes>(rotationVector: Vector(mixed, .zero, .zero))
      #expect(among.x[lane: 2] == turn.x[lane: 2] && among.w[lane: 2] == turn.w[lane: 2])
    }
  }

  @Test(
    "a quaternion comes back to length 1, however far from it", arguments: 0..<20 as Range<UInt64>)
  func renormalized(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let v = Vector<World, Double>(
      random.uniform(in: -3...3), random.uniform(in: -3...3), random.uniform(in: -3...3))
    let turn = Turn<Double>(rotationVector: v)
    // From rounding to any length, and on both sides of where a root is taken.
    for excess in [0, 1e-16, 1e-12, 4.9e-9, 5.1e-9, 1e-4, 0.3, -4.9e-9, -5.1e-9, -0.9, 1e9] {
      let long = turn.map { (1 + excess) * $0 }
      #expect(abs(long.renormalized.squaredNorm - 1) < 1e-15, "excess \(excess)")
      let single = long.map { FloatLanes($0) }.renormalized
      #expect(abs(single.squaredNorm[lane: 5] - 1) < 5e-7, "excess \(excess)")
    }
  }

  @Test("what is no number stays none")
  func notANumber() {
    #expect(Turn<Double>(x: .nan, y: 0, z: 0, w: 1).renormalized.w.isNaN)
    #expect(Turn<Double>(rotationVector: Vector(.nan, 0, 0)).w.isNaN)
  }
}
