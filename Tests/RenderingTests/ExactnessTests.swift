import Rendering
import SpatialMath
import Testing

/// Images against exact geometry.
struct ExactnessTests {
  @Test(
    "a solid alone is where geometry says, to 1e-5 m",
    arguments: SolidKind.allCases, 0..<25 as Range<UInt64>)
  func solidAlone(kind: SolidKind, seed: UInt64) throws {
    var chance = Chance(seed: seed)
    let (eye, target) = (chance.vector(within: 3) as Vector<World, Double>, chance.number(0.7, 9))
    let attitude = chance.attitude()
    let camera = try camera(range: 0.01...20)
    var scene = TestScene()
    let ahead = RotationMatrix(attitude).xAxis
    let off = 0.2 * target * (chance.vector(within: 1) as Vector<World, Double>)
    let place = Pose(position: eye + target * ahead + off, attitude: chance.attitude())
    try scene.add(chance.solid(kind), id: 7, at: place)
    let pose = Pose(position: eye, attitude: attitude)
    let images = camera.image(of: scene.scene, at: pose)
    let found = Comparison(images, camera, at: pose, of: scene.bodies)
    #expect(found.wrongIDCount == 0)
    #expect(found.largestDepthError < 1e-5)
    #expect(found.comparedCount > 2000)
  }

  @Test("many solids hide each other as geometry says", arguments: 0..<12 as Range<UInt64>)
  func manySolids(seed: UInt64) throws {
    var chance = Chance(seed: seed)
    let scene = try chance.scene(count: 16)
    let camera = try camera(range: 0.01...30)
    let roll = Rotation<Body, World, Double>(x: chance.number(-1, 1), y: 0.1, z: 0.05, w: 1)
    let pose = Pose(attitude: roll.normalized)
    let found = Comparison(
      camera.image(of: scene.scene, at: pose), camera, at: pose, of: scene.bodies)
    #expect(found.wrongIDCount == 0)
    // Beyond 20 m two steps of single precision are nearly 4e-6 m.
    #expect(found.largestDepthError < 1e-5)
    #expect(found.bodyCount > 1000)
  }

  @Test("large images are as exact as small ones", arguments: 0..<2 as Range<UInt64>)
  func largeImages(seed: UInt64) throws {
    var chance = Chance(seed: seed)
    let scene = try chance.scene(count: 8)
    let camera = try camera(333, 251, range: 0.01...20)
    let found = Comparison(
      camera.image(of: scene.scene, at: Pose()), camera, at: Pose(), of: scene.bodies)
    #expect(found.wrongIDCount == 0)
    #expect(found.largestDepthError < 1e-5)
  }

  @Test("a floor is exact up to the horizon", arguments: [0.0, 0.3, 1.2, -2.5])
  func floorToTheHorizon(roll: Double) throws {
    var scene = Scene()
    try scene.add([.floor()], id: 3)
    let camera = try camera(320, 240, range: 0.01...5000)
    let half = (0.5 * roll).sineAndCosine()
    let attitude = Rotation<Body, World, Double>(x: half.sine, y: 0, z: 0, w: half.cosine)
    let pose = Pose(position: Vector(0, 0, 1.5), attitude: attitude)
    let images = camera.image(of: scene, at: pose)
    let frame = RotationMatrix(attitude)
    for row in 0..<camera.height {
      for column in 0..<camera.width {
        let slopes = camera.slopes(column: column, row: row)
        let fall = -frame(Vector(1, slopes.left, slopes.up)).z
        let expected = fall > 1.5 / 5000 ? 1.5 / fall : 5000
        let depth = Double(images.depths[row * camera.width + column])
        // Four roundings to single precision, of 2⁻²⁴ each.
        #expect(abs(depth - expected) <= 2.4e-7 * expected, "pixel \(column), \(row)")
      }
    }
  }

  @Test("what crosses the nearest depth is cut there", arguments: 0..<25 as Range<UInt64>)
  func cutAtTheNearestDepth(seed: UInt64) throws {
    var chance = Chance(seed: seed)
    var scene = TestScene()
    for (i, kind) in SolidKind.allCases.enumerated() {
      let place = Vector<World, Double>(
        chance.number(0, 0.8), chance.number(-0.7, 0.7), chance.number(-0.7, 0.7))
      let pose = Pose(position: place, attitude: chance.attitude())
      try scene.add(chance.solid(kind), id: Int32(i), at: pose)
    }
    let camera = try camera(range: 0.5...20)
    let found = Comparison(
      camera.image(of: scene.scene, at: Pose()), camera, at: Pose(), of: scene.bodies)
    #expect(found.wrongIDCount == 0)
    #expect(found.largestDepthError < 1e-5)
  }
}
