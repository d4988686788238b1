import Bullet
import Geometry
import Randomness
import SpatialMath
import Testing

/// Hulls whose points nearly lie in a plane: solid, or refused, and never an end of the process.
struct ThinHullTests {
  /// Points in a square, each off its plane by less than `thickness`. [m]
  private func points(seed: UInt64, thickness: Double) -> [Vector<Body, Double>] {
    var random = SplitMix64(seed: seed)
    func number(_ size: Double) -> Double { random.uniform(in: -size...size) }
    let turn = Rotation<Body, Body, Double>(
      rotationVector: Vector(number(3), number(3), number(3)))
    return (0..<4 + Int(seed % 12)).map { _ in
      turn(Vector(number(1), number(1), number(0.5 * thickness)))
    }
  }

  @Test("hulls of any thinness are added or refused as flat", arguments: 1...16)
  func thin(exponent: Int) throws {
    var world = try BulletWorld(gravity: gravity)
    let thickness = 1 / (0..<exponent).reduce(1.0) { scale, _ in scale * 10 }
    var refused = 0
    for seed in 0..<100 as Range<UInt64> {
      do throws(BulletError) {
        _ = try world.add(RigidBody(.convexHull(points: points(seed: seed, thickness: thickness))))
      } catch {
        #expect(error == .flatHull, "seed \(seed)")
        refused += 1
      }
    }
    if exponent <= 4 { #expect(refused == 0) }
    if exponent >= 11 { #expect(refused == 100) }
  }

  @Test("a hull that ended the process is refused")
  func found() throws {
    let points: [Vector<Body, Double>] = [
      Vector(0.6, 0.1, -4.1e-11), Vector(-0.9, 0.5, 7.1e-12), Vector(-0.8, 0.1, 5.1e-10),
      Vector(0.7, -0.2, 1.5e-13), Vector(1.0, -1.0, -5.7e-13), Vector(0.4, -0.8, 2.3e-17),
      Vector(0.6, 0.8, -2.9e-10), Vector(-0.2, 0.7, -7.2e-09),
    ]
    var world = try BulletWorld(gravity: gravity)
    #expect(throws: BulletError.flatHull) { try world.add(RigidBody(.convexHull(points: points))) }
  }
}
