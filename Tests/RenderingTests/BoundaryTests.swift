import Rendering
import SpatialMath
import Testing

/// Viewers in, at and in front of things, and poses that are none.
struct BoundaryTests {
  private let bad: [Pose<Double>] = [
    Pose(position: Vector(.nan, 0, 0)), Pose(position: Vector(2, .infinity, 0)),
    Pose(position: Vector(2, 0, 0), attitude: Rotation(x: .nan, y: 0, z: 0, w: 1)),
    Pose(position: Vector(2, 0, 0), attitude: Rotation(x: 0, y: 0, z: 0, w: 0)),
    Pose(position: Vector(2, 0, 0), attitude: Rotation(x: 0, y: .infinity, z: 0, w: 1)),
    Pose(position: Vector(1e300, 1e300, -1e300)), Pose(position: Vector(2, 0, 0) * 1e18),
  ]

  @Test("a viewer inside of a solid does not see it", arguments: SolidKind.allCases)
  func insideOfSolids(kind: SolidKind) throws {
    var chance = Chance(seed: 5)
    let rest = try chance.scene(count: 8)
    var full = rest
    let up = Vector<World, Double>(0, 0, kind == .plane ? 0.05 : 0)
    for _ in 0..<3 {
      try full.add(chance.solid(kind), id: 99, at: Pose(position: up))
      let camera = try camera(96, 60)
      #expect(camera.image(of: full.scene, at: Pose()) == camera.image(of: rest.scene, at: Pose()))
    }
  }

  @Test("a viewer at a surface sees finite depths", arguments: SolidKind.allCases)
  func atSurfaces(kind: SolidKind) throws {
    var chance = Chance(seed: 6)
    let camera = try camera()
    for gap in [-1e-9, 0, 1e-12, 1e-7, 9.9e-7, 1e-6, 1.1e-6, 1e-5, 1e-3] {
      let solid = chance.solid(kind)
      // Down its own z axis lies the viewer, at the distance `gap`.
      let height = solid.distance(to: .zero)
      var scene = TestScene()
      let end: Double =
        switch solid {
        case .box(let size): size.z / 2
        case .cylinder(_, let height): height / 2
        case .capsule(let radius, let height): radius + height / 2
        default: -height
        }
      try scene.add(solid, id: 1, at: Pose(position: Vector(0, 0, -end - gap)))
      for _ in 0..<20 {
        let images = camera.image(of: scene.scene, at: Pose(attitude: chance.attitude()))
        let isInRange = images.depths.allSatisfy { camera.range.contains(Double($0)) }
        #expect(isInRange, "gap \(gap)")
        let areKnown = images.ids.allSatisfy { $0 == 1 || $0 == -1 }
        #expect(areKnown)
      }
    }
  }

  @Test("what is behind, beside or too far leaves no trace")
  func outOfView() throws {
    var chance = Chance(seed: 7)
    let rest = try chance.scene(count: 8)
    var full = rest
    for kind in SolidKind.allCases.dropFirst() {
      for place in [Vector<World, Double>(-2, 0, 0), Vector(2, 9, 0), Vector(2, 0, -9)] {
        let pose = Pose(position: place, attitude: chance.attitude())
        try full.add(chance.solid(kind), id: 99, at: pose)
      }
      try full.add(chance.solid(kind), id: 99, at: Pose(position: Vector(52, 0, 0)))
    }
    let camera = try camera(range: 0.01...50)
    #expect(camera.image(of: full.scene, at: Pose()) == camera.image(of: rest.scene, at: Pose()))
  }

  @Test("bodies that are not in view do not change the image", arguments: 0..<4 as Range<UInt64>)
  func onlyWhatIsSeenMatters(seed: UInt64) throws {
    var chance = Chance(seed: seed)
    var full = TestScene()
    for i in 0..<900 {
      let place = 20.0 * (chance.vector(within: 1) as Vector<World, Double>)
      let pose = Pose(position: place, attitude: chance.attitude())
      try full.add(chance.solid(SolidKind.allCases[1 + i % 4]), id: Int32(i), at: pose)
    }
    let camera = try camera(160, 120)
    let images = camera.image(of: full.scene, at: Pose())
    var seen = TestScene()
    let ids = Set(images.ids)
    for body in full.bodies where ids.contains(body.id) {
      try seen.add(body.solid, id: body.id, at: body.pose)
    }
    #expect(ids.count > 50 && seen.bodies.count < 500)
    #expect(camera.image(of: seen.scene, at: Pose()) == images)
  }

  @Test("a body without a pose is not there", arguments: SolidKind.allCases)
  func bodiesWithoutPose(kind: SolidKind) throws {
    var chance = Chance(seed: 8)
    let rest = try chance.scene(count: 8)
    let camera = try camera()
    let expected = camera.image(of: rest.scene, at: Pose())
    for pose in bad {
      var full = rest
      try full.add(chance.solid(kind), id: 99, at: pose)
      // A plane has no place of its own: one that is finite, but far away, may pass through here.
      if kind == .plane && pose.position.isFinite && pose.attitude.squaredNorm == 1 { continue }
      #expect(camera.image(of: full.scene, at: Pose()) == expected, "\(pose)")
    }
  }

  @Test("a viewer without a pose sees nothing, and neither does its range sensor")
  func viewersWithoutPose() throws {
    var chance = Chance(seed: 9)
    let scene = try chance.scene(count: 8).scene
    let camera = try camera()
    for pose in bad.prefix(5) {
      let images = camera.image(of: scene, at: pose)
      let isEmpty = images.ids.allSatisfy { $0 == -1 } && images.depths.allSatisfy { $0 == 1000 }
      #expect(isEmpty)
    }
    let sensor = try RangeSensor.lidar(rayCount: 9, range: 0.1...4)
    for pose in bad.prefix(5) {
      let found = sensor.measurement(of: scene, at: pose)
      #expect(found.distances == [Float](repeating: 4, count: 9))
      #expect(found.ids == [Int32](repeating: -1, count: 9))
    }
  }

  @Test("far away from everything, all is finite")
  func farAway() throws {
    var chance = Chance(seed: 10)
    let scene = try chance.scene(count: 8).scene
    for pose in [Pose(position: Vector(1e18, 0, 1)), Pose(position: Vector(-1e200, 1e200, 1e200))] {
      let isFinite = try camera().image(of: scene, at: pose).depths.allSatisfy { $0.isFinite }
      #expect(isFinite)
    }
  }
}

extension Vector {
  fileprivate static func * (v: Self, s: S) -> Self { s * v }
}
