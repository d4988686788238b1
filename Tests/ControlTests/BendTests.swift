import Control
import SpatialMath
import Testing

/// The acceleration that samples of a path are led by.
struct BendTests {
  private func led(
    every period: Double, count: Int, _ position: (Double) -> Vector<World, Double>
  ) -> SampledReference {
    var reference = SampledReference(
      (0..<count).map { index in
        let time = period * Double(index)
        return .init(time: time, setpoint: Setpoint(position: position(time)))
      })
    reference.isLed = true
    return reference
  }

  @Test("a circle's is that of a circle, however often it is sampled", arguments: [100.0, 48, 10])
  func circle(rate: Double) {
    let circle = CircleReference(center: Vector(1, 2, 3), radius: 0.8, period: 5)
    let samples = led(every: 1 / rate, count: Int(6 * rate)) { circle.setpoint(at: $0).position }
    for step in 0..<500 {
      let time = 0.3 + 0.01 * Double(step)
      let (wanted, now) = (
        circle.setpoint(at: time).acceleration, samples.setpoint(at: time).acceleration
      )
      // Smoothing takes (ω τ)² / 12 = 0.13 % of it, and a chord is led by that of its ends.
      #expect((now - wanted).norm < 0.01 * wanted.norm, "at \(time) s")
    }
  }

  @Test("a straight line has none")
  func straight() {
    let line = led(every: 0.05, count: 100) { Vector($0, -2 * $0, 1) }
    for step in 30..<480 {
      #expect(line.setpoint(at: 0.01 * Double(step)).acceleration.norm < 1e-9)
    }
  }

  /// Paths that nobody can follow, or that only stand for one that is steady.
  static let broken: [(String, @Sendable (Double) -> Vector<World, Double>)] = [
    ("a jump", { Vector($0 < 2.005 ? 0 : 1, 0, 1) }),
    ("a jump on the way", { Vector($0 + ($0 < 2.005 ? 0 : 0.2), 0, 1) }),
    ("a corner", { Vector(min($0, 2), max($0 - 2, 0), 1) }),
    ("steps of 0.2 s", { Vector(0.2 * ($0 / 0.2 + 1e-9).rounded(.down), 0, 1) }),
    ("steps of 0.1 s", { Vector(0.1 * ($0 / 0.1 + 1e-9).rounded(.down), 0, 1) }),
    ("steps of 0.15 s", { Vector(0.15 * ($0 / 0.15 + 1e-9).rounded(.down), 0, 1) }),
  ]

  @Test("jumps, corners and steps have none", arguments: broken.indices)
  func jumps(index: Int) {
    let (name, position) = Self.broken[index]
    let path = led(every: 0.01, count: 400, position)
    for step in 40..<360 {
      let acceleration = path.setpoint(at: 0.01 * Double(step) + 0.0037).acceleration
      #expect(acceleration.norm < 1e-6, "\(name) at step \(step)")
    }
  }

  @Test("way points and setpoints from elsewhere have none, unless they are told to")
  func unled() throws {
    let points = stride(from: 0, to: 2, by: 0.01).map { Vector<World, Double>($0, $0 * $0, 1) }
    var path = try #require(SampledReference(through: points, speed: 1))
    #expect(path.setpoint(at: 1).acceleration == .zero)
    path.isLed = true
    #expect(path.setpoint(at: 1).acceleration != .zero)
  }
}
