import Rendering
import SpatialMath
import Testing

/// Which way is left, up and bright, and what is refused.
struct ViewTests {
  private func ball(at place: Vector<World, Double>) throws -> Scene {
    var scene = Scene()
    try scene.add(
      [ScenePart(.sphere(radius: 0.2), colour: .carbon)], id: 1, at: Pose(position: place))
    return scene
  }

  private func pixels(_ images: Images) -> [Int] {
    images.ids.indices.filter { images.ids[$0] == 1 }
  }

  @Test("left is left, and up is up")
  func directions() throws {
    let camera = try camera()
    let left = pixels(camera.image(of: try ball(at: Vector(2, 0.7, 0)), at: Pose()))
    #expect(!left.isEmpty && left.allSatisfy { $0 % 64 < 32 })
    let up = pixels(camera.image(of: try ball(at: Vector(2, 0, 0.7)), at: Pose()))
    #expect(!up.isEmpty && up.allSatisfy { $0 / 64 < 24 })
  }

  @Test("a mount moves and turns the view with its carrier")
  func mounts() throws {
    // Looks back from 0.5 m behind a carrier that is turned to the left.
    let mount = Mount(
      position: Vector(-0.5, 0, 0), attitude: Rotation<Body, Body, Double>(x: 0, y: 0, z: 1, w: 0))
    let camera = try Camera(width: 9, height: 9, verticalFieldOfView: 1, mount: mount)
    let half = (0.25 * Double.pi).sineAndCosine()
    let carrier = Pose(
      position: Vector(1, 1, 0),
      attitude: Rotation<Body, World, Double>(x: 0, y: 0, z: half.sine, w: half.cosine))
    let images = camera.image(of: try ball(at: Vector(1, -1.5, 0)), at: carrier)
    #expect(images.ids[40] == 1)
    #expect(abs(images.depths[40] - 1.8) < 1e-6)
  }

  @Test(
    "a view from one place to another has the other in its middle",
    arguments: 0..<50 as Range<UInt64>)
  func looking(seed: UInt64) throws {
    var chance = Chance(seed: seed)
    let eye: Vector<World, Double> = chance.vector(within: 5)
    let target = seed == 0 ? eye + Vector(0, 0, -2) : chance.vector(within: 5)
    let pose = Pose.looking(from: eye, at: target)
    let axes = RotationMatrix(pose.attitude)
    let gap = target - eye
    #expect((axes.xAxis - 1 / gap.norm * gap).norm < 1e-14)
    #expect(abs(axes.yAxis.z) < 1e-15 && axes.zAxis.z > -1e-15)
  }

  @Test("a wider view over the same pixels squeezes them")
  func aspects() throws {
    let square = try Camera(width: 64, height: 48, verticalFieldOfView: 1, aspect: 1)
    let slopes = square.slopes(column: 0, row: 0)
    #expect(abs(slopes.left / slopes.up - (63.0 / 64) / (47.0 / 48)) < 1e-12)
    let (sine, cosine) = 0.5.sineAndCosine()
    #expect(abs(slopes.up - 47.0 / 48 * sine / cosine) < 1e-15)
  }

  @Test("a face has its colour times the light on it")
  func lightOnFaces() throws {
    var scene = Scene(light: Light(from: Vector(0, 0, 2), ambient: 0.25), sky: Colour(0, 0, 1))
    let part = ScenePart(.box(size: Vector(1, 1, 1)), colour: Colour(1, 0.5, 0))
    try scene.add([part], id: 1)
    let camera = try Camera(width: 1, height: 1, verticalFieldOfView: 0.1)
    func colour(from eye: Vector<World, Double>, at target: Vector<World, Double>) -> [UInt8] {
      camera.image(of: scene, at: .looking(from: eye, at: target)).colours
    }
    #expect(colour(from: Vector(0, 0, 3), at: .zero) == [255, 128, 0, 255])
    #expect(colour(from: Vector(0, 3, 0), at: .zero) == [64, 32, 0, 255])
    #expect(colour(from: Vector(0, 0, -3), at: .zero) == [64, 32, 0, 255])
    #expect(colour(from: Vector(0, 3, 0), at: Vector(0, 5, 0)) == [0, 0, 255, 255])
  }

  @Test(
    "a curved surface is lit by the cosine of its slope",
    arguments: [SolidKind.sphere, .cylinder, .capsule])
  func lightOnCurves(kind: SolidKind) throws {
    let light = Light(from: Vector(0, 0.6, 0.8), ambient: 0.2)
    var scene = Scene(light: light)
    let solid: Solid =
      switch kind {
      case .sphere: .sphere(radius: 1)
      case .cylinder: .cylinder(radius: 1, height: 9)
      default: .capsule(radius: 1, height: 0.5)
      }
    let turn = Rotation<Body, World, Double>(x: 0.1, y: 0.7, z: 0.2, w: 0.7).normalized
    try scene.add([ScenePart(solid, colour: Colour(1, 1, 1))], id: 1, at: Pose(attitude: turn))
    let camera = try Camera(width: 90, height: 90, verticalFieldOfView: 1)
    let pose = Pose<Double>.looking(from: Vector(-3, 0, 1), at: .zero)
    let images = camera.image(of: scene, at: pose)
    let (ray, inverse) = (RotationMatrix(pose.attitude), RotationMatrix(turn))
    let pixels = images.ids.indices.filter { images.ids[$0] == 1 }
    #expect(pixels.count > 500)
    for pixel in pixels {
      let slopes = camera.slopes(column: pixel % 90, row: pixel / 90)
      let hit =
        pose.position + Double(images.depths[pixel]) * ray(Vector(1, slopes.left, slopes.up))
      // The normal is the gradient of the distance.
      func distance(_ p: Vector<World, Double>) -> Double { solid.distance(to: inverse.inverse(p)) }
      let step = 1e-4
      let normal =
        0.5 / step
        * Vector<World, Double>(
          distance(hit + Vector(step, 0, 0)) - distance(hit - Vector(step, 0, 0)),
          distance(hit + Vector(0, step, 0)) - distance(hit - Vector(0, step, 0)),
          distance(hit + Vector(0, 0, step)) - distance(hit - Vector(0, 0, step)))
      let expected = 255 * (0.2 + 0.8 * max(0, normal.dot(light.direction)))
      #expect(abs(Double(images.colours[4 * pixel]) - expected) < 1, "pixel \(pixel)")
    }
  }

  @Test("tiles take turns along both axes")
  func tilesTakeTurns() throws {
    var scene = Scene(light: Light(from: .zero, ambient: 1))
    let floor = ScenePart(.plane(tile: 0.5), colour: Colour(1, 1, 1), secondColour: Colour(0, 0, 0))
    try scene.add([floor], id: 1)
    let camera = try Camera(width: 1, height: 1, verticalFieldOfView: 0.01)
    for column in -7...7 {
      for row in -7...7 {
        let place = Vector<World, Double>(0.25 + 0.5 * Double(column), 0.25 + 0.5 * Double(row), 0)
        let pose = Pose<Double>.looking(from: place + Vector(0.3, 0.2, 1), at: place)
        let expected: UInt8 = (column + row).isMultiple(of: 2) ? 255 : 0
        #expect(camera.image(of: scene, at: pose).colours[0] == expected)
      }
    }
  }

  @Test("bad numbers are refused in a sentence")
  func refusals() {
    func message(_ body: () throws -> Void) -> String {
      do { try body() } catch { return "\(error)" }
      return "nothing"
    }
    var scene = Scene()
    let nan = ScenePart(.sphere(radius: .nan), colour: .carbon)
    #expect(
      message { try scene.add([nan], id: 1) }
        == "the radius of a sphere must be from 0.0001 to 1000000.0, not nan")
    #expect(
      message { try scene.add([], id: -1) } == "the id -1 stands for pixels that see nothing")
    #expect(
      message { _ = try Mesh(hullOf: [.zero, Vector(1, 0, 0), Vector(0, 1, 0), Vector(1, 1, 0)]) }
        == "the points of a convex hull must not lie in a plane")
    #expect(
      message { _ = try Mesh(corners: [.zero], triangles: [[0, 0, 1]]) }
        == "a mesh with 1 corners has no corner 1")
    #expect(
      message { _ = try Camera(width: 0, height: 9, verticalFieldOfView: 1) }
        == "the width of an image must be from 1.0 to 4096.0, not 0.0")
    #expect(
      message { _ = try RangeSensor(directions: [], range: 0.1...1) }
        == "the number of rays must be from 1.0 to 1000000.0, not 0.0")
  }
}
