import Rendering
import SpatialMath
import Testing

/// Rays against geometry, and against images.
struct RangeTests {
  @Test("rays through pixels find what the pixels show", arguments: 0..<6 as Range<UInt64>)
  func agreesWithImages(seed: UInt64) throws {
    var chance = Chance(seed: seed)
    let scene = try chance.scene(count: 12)
    let camera = try camera(range: 0.01...30)
    let rays = (0..<camera.pixelCount).map { pixel -> Vector<Body, Double> in
      let slopes = camera.slopes(column: pixel % camera.width, row: pixel / camera.width)
      return Vector(1, slopes.left, slopes.up)
    }
    let sensor = try RangeSensor(directions: rays, range: 0.01...50)
    let found = sensor.measurement(of: scene.scene, at: Pose())
    let images = camera.image(of: scene.scene, at: Pose())
    var different = 0
    let seen = rays.indices.filter { images.ids[$0] != -1 }
    #expect(seen.count > 500)
    for pixel in seen {
      guard found.ids[pixel] == images.ids[pixel] else {
        different += 1
        continue
      }
      let depth = Double(found.distances[pixel]) / rays[pixel].norm
      #expect(abs(depth - Double(images.depths[pixel])) < 1e-5)
    }
    // Centres of pixels that lie on an outline, to rounding.
    #expect(different <= 1)
  }

  @Test("distances are exact to single precision", arguments: 0..<20 as Range<UInt64>)
  func exactDistances(seed: UInt64) throws {
    var chance = Chance(seed: seed)
    let scene = try chance.scene(count: 20, reach: 5)
    let directions = (0..<61).map { _ in chance.vector(within: 1) as Vector<Body, Double> }
    let sensor = try RangeSensor(directions: directions, range: 0.05...20)
    let pose = Pose(position: chance.vector(within: 0.5), attitude: chance.attitude())
    let found = sensor.measurement(of: scene.scene, at: pose)
    let tracer = ReferenceTracer(bodies: scene.bodies)
    for (i, direction) in sensor.directions.enumerated() {
      let expected = tracer.trace(
        from: pose.position, along: pose.attitude(direction), range: sensor.range)
      #expect(abs(Double(found.distances[i]) - expected.depth) < 2e-6, "ray \(i)")
      #expect(found.ids[i] == expected.id)
    }
  }

  @Test("a multiranger in a room reads the walls around it")
  func roomOfWalls() throws {
    var scene = Scene()
    let walls: [(Vector<World, Double>, Vector<Body, Double>)] = [
      (Vector(3.5, 0, 1), Vector(1, 9, 9)), (Vector(-2.5, 0, 1), Vector(1, 9, 9)),
      (Vector(0, 1.75, 1), Vector(9, 0.5, 9)), (Vector(0, -1.5, 1), Vector(9, 1, 9)),
      (Vector(0, 0, 3), Vector(9, 9, 1)),
    ]
    for (i, wall) in walls.enumerated() {
      let part = ScenePart(.box(size: wall.1), colour: .carbon)
      try scene.add([part], id: Int32(i), at: Pose(position: wall.0))
    }
    let sensor = try RangeSensor.multiranger(range: 0.01...4)
    let found = sensor.measurement(of: scene, at: Pose(position: Vector(0, 0, 1)))
    #expect(found.distances == [3, 2, 1.5, 1, 1.5])
    #expect(found.ids == [0, 1, 2, 3, 4])
  }

  @Test("an altimeter reads the height over the cosine of the tilt", arguments: [0.0, 0.2, -0.7])
  func tiltedAltimeter(angle: Double) throws {
    var scene = Scene()
    try scene.add([.floor()], id: 0)
    let sensor = try RangeSensor.altimeter(
      range: 0.01...10, mount: Mount(position: Vector(0, 0, -0.02)))
    let half = (0.5 * angle).sineAndCosine()
    let tilt = Rotation<Body, World, Double>(x: half.sine, y: 0, z: 0, w: half.cosine)
    let found = sensor.measurement(
      of: scene, at: Pose(position: Vector(1, 2, 1.5), attitude: tilt))
    let (_, cosine) = angle.sineAndCosine()
    #expect(abs(Double(found.distances[0]) - (1.5 / cosine - 0.02)) < 2e-7)
  }

  @Test("a lidar turns from forward to the left")
  func lidarTurnsLeft() throws {
    let lidar = try RangeSensor.lidar(rayCount: 4, range: 0.1...5)
    var scene = Scene()
    let ball = ScenePart(.sphere(radius: 0.25), colour: .carbon)
    try scene.add([ball], id: 1, at: Pose(position: Vector(0, 2, 0)))
    #expect(lidar.measurement(of: scene, at: Pose()).distances == [5, 1.75, 5, 5])
    #expect(lidar.measurement(of: scene, at: Pose(), hiding: 1).ids == [-1, -1, -1, -1])
  }
}

extension RangeSensor {
  /// What it measures in one scene.
  func measurement(
    of scene: Scene, at pose: Pose<Double>, hiding hidden: Int32? = nil,
    instructions: InstructionSet? = nil
  ) -> (distances: [Float], ids: [Int32]) {
    var distances = [Float](repeating: .nan, count: directions.count)
    var ids = [Int32](repeating: 0, count: directions.count)
    let (viewpoints, scenes) = ([Viewpoint(carrier: pose, hiding: hidden)], [scene])
    var renderer = Renderer(instructions: instructions)
    var distanceSpan = distances.mutableSpan
    var idSpan = ids.mutableSpan
    renderer.measure(
      self, from: viewpoints.span, of: scenes.span, distances: &distanceSpan, ids: &idSpan)
    return (distances, ids)
  }
}
