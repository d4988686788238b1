import Randomness
import Rendering
import SpatialMath

/// Scenes, poses and sizes by chance.
struct Chance {
  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  mutating func number(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * Double(random.next() >> 11) * 0x1p-53
  }

  mutating func vector<F: Frame>(within reach: Double) -> Vector<F, Double> {
    Vector(number(-reach, reach), number(-reach, reach), number(-reach, reach))
  }

  mutating func attitude() -> Rotation<Body, World, Double> {
    let q = Rotation<Body, World, Double>(
      x: number(-1, 1), y: number(-1, 1), z: number(-1, 1), w: number(-1, 1))
    return q.squaredNorm > 0.01 ? q.normalized : .identity
  }

  mutating func solid(_ kind: SolidKind) -> Solid {
    switch kind {
    case .plane: .plane(tile: number(0.2, 1))
    case .box: .box(size: Vector(number(0.1, 1), number(0.1, 1), number(0.1, 1)))
    case .sphere: .sphere(radius: number(0.1, 0.6))
    case .cylinder: .cylinder(radius: number(0.1, 0.5), height: number(0.1, 1))
    case .capsule: .capsule(radius: number(0.1, 0.4), height: number(0.1, 0.8))
    }
  }

  /// A floor, and solids of all kinds in front of a viewer at the origin that looks along x.
  mutating func scene(count: Int, reach: Double = 6) throws -> TestScene {
    var scene = TestScene()
    let tilt = Rotation<Body, World, Double>(
      x: number(-0.1, 0.1), y: number(-0.1, 0.1), z: number(-1, 1), w: 1)
    try scene.add(
      .plane(tile: 0.5), id: 0, at: Pose(position: Vector(0, 0, -1), attitude: tilt.normalized))
    for i in 0..<count {
      let kind = SolidKind.allCases[1 + i % 4]
      let place = Vector<World, Double>(number(0.3, reach), number(-2, 2), number(-0.8, 1.5))
      let pose = Pose(position: place, attitude: attitude())
      try scene.add(solid(kind), id: Int32(1 + i), at: pose)
    }
    return scene
  }
}

/// The solids that have a distance function.
enum SolidKind: CaseIterable {
  case plane, box, sphere, cylinder, capsule
}

/// A camera of 60°.
func camera(
  _ width: Int = 64, _ height: Int = 48, range: ClosedRange<Double> = 0.01...1000
) throws -> Camera {
  try Camera(width: width, height: height, verticalFieldOfView: .pi / 3, range: range)
}
