import Drone
import Geometry
import Rendering
import SpatialMath
import Testing

/// A model of the package as a scene shows it.
func quadcopter(_ name: String) throws -> [ScenePart] {
  let model = try ModelCatalogue.standard.model(named: name)
  let propellers = model.rotors.array.map {
    ScenePart.Propeller(hub: $0.position, radius: $0.radius)
  }
  return try ScenePart.quadcopter(propellers: propellers, colour: Colour(0.9, 0.2, 0.1))
}

/// Triangles, and what is made of them.
struct MeshTests {
  private func corners(ofBox size: Vector<Body, Double>) -> [Vector<Body, Double>] {
    (0..<8).map { i in
      0.5
        * size.scaled(
          by: Vector(i & 1 == 0 ? -1 : 1, i & 2 == 0 ? -1 : 1, i & 4 == 0 ? -1 : 1))
    }
  }

  @Test("the hull of a box's corners looks like the box", arguments: 0..<20 as Range<UInt64>)
  func hullOfBox(seed: UInt64) throws {
    var chance = Chance(seed: seed)
    let size = Vector<Body, Double>(chance.number(0.1, 1), chance.number(0.1, 1), 0.5)
    let place = Vector<World, Double>(chance.number(0.6, 5), chance.number(-0.2, 0.2), 0)
    let pose = Pose(position: place, attitude: chance.attitude())
    let mesh = try Mesh(hullOf: corners(ofBox: size))
    #expect(mesh.triangles.count == 12)
    var (box, hull) = (TestScene(), Scene())
    try box.add(.box(size: size), id: 1, at: pose)
    try hull.add([ScenePart(.mesh(mesh), colour: Colour(distinguishing: 1))], id: 1, at: pose)
    let camera = try camera(80, 60, range: 0.4...20)
    let images = camera.image(of: hull, at: Pose())
    let found = Comparison(images, camera, at: Pose(), of: box.bodies)
    #expect(found.wrongIDCount == 0)
    #expect(found.largestDepthError < 1e-5)
    let same = camera.image(of: box.scene, at: Pose())
    let differing = images.colours.indices.filter { images.colours[$0] != same.colours[$0] }
    #expect(differing.count <= 16)
  }

  @Test("no ray passes between the triangles of a hull", arguments: 0..<10 as Range<UInt64>)
  func hullsAreTight(seed: UInt64) throws {
    var chance = Chance(seed: seed)
    let points = (0..<200).map { _ -> Vector<Body, Double> in
      let v: Vector<Body, Double> = chance.vector(within: 1)
      return (1 / v.norm) * v
    }
    let mesh = try Mesh(hullOf: points)
    // Euler: V - E + F = 2, with 3 edges for every 2 triangles.
    #expect(mesh.triangles.count == 2 * 200 - 4)
    var scene = Scene()
    let pose = Pose(position: Vector(1.2, 0, 0), attitude: chance.attitude())
    try scene.add([ScenePart(.mesh(mesh), colour: .carbon)], id: 1, at: pose)
    // At 60° the ball of radius 0.9 that is within the hull fills the image.
    let camera = try camera(200, 150)
    let images = camera.image(of: scene, at: Pose())
    let center = images.ids.enumerated().filter { pixel, _ in
      let slopes = camera.slopes(column: pixel % 200, row: pixel / 200)
      return slopes.left * slopes.left + slopes.up * slopes.up < 0.64
    }
    #expect(center.allSatisfy { $0.element == 1 })
    #expect(images.depths.min() ?? 0 >= 0.2 - 1e-6)
  }

  /// Shapes whose surface is half a metre ahead of their origin, along the x axis and against it.
  private var shapes: [Shape] {
    let quarterTurn = Rotation<Body, Body, Double>(x: 0, y: 0, z: 1, w: 1).normalized
    let box = PlacedShape(
      .box(size: Vector(0.2, 0.6, 0.2)), at: Vector(0.2, 0, 0), attitude: quarterTurn)
    let ball = PlacedShape(.sphere(radius: 0.25), at: Vector(-0.25, 0, 0))
    let turned = PlacedShape(.compound([box]), attitude: quarterTurn.after(quarterTurn).inverse)
    return [
      .box(size: Vector(1, 1, 1)), .sphere(radius: 0.5), .cylinder(radius: 0.5, height: 1),
      .capsule(radius: 0.5, length: 1), .convexHull(points: corners(ofBox: Vector(1, 1, 1))),
      .compound([box, ball]), .compound([turned, PlacedShape(.compound([box]))]),
    ]
  }

  @Test("every solid shape of the package looks as large as it is", arguments: 0..<7)
  func shapesHaveParts(index: Int) throws {
    var scene = Scene()
    let parts = try ScenePart.parts(of: shapes[index], colour: .carbon)
    try scene.add(parts, id: 4, at: Pose(position: Vector(3, 0, 0)))
    let sensor = try RangeSensor(directions: [Vector(1, 0, 0)], range: 0.1...9)
    let back = Pose(
      position: Vector(6, 0, 0), attitude: Rotation<Body, World, Double>(x: 0, y: 0, z: 1, w: 0))
    for pose in [Pose(), back] {
      let found = sensor.measurement(of: scene, at: pose)
      #expect(abs(found.distances[0] - 2.5) < 1e-6 && found.ids == [4])
    }
  }

  @Test("terrain is seen from both sides, at its height between the grid's points")
  func terrainIsSeenFromBothSides() throws {
    // A slope of 1 in 2 along x.
    let heights = (0..<12).map { 0.5 * (Double($0 % 4) - 1.5) }
    var scene = Scene()
    let terrain = Shape.heightfield(heights, columns: 4, spacing: 1)
    try scene.add(try ScenePart.parts(of: terrain, colour: .carbon), id: 4)
    let sensor = try RangeSensor(directions: [Vector(0, 0, -1), Vector(0, 0, 1)], range: 0.1...9)
    for x in [-1.4, -0.3, 0.0, 0.7, 1.2] {
      let above = sensor.measurement(of: scene, at: Pose(position: Vector(x, 0.2, 2)))
      #expect(abs(Double(above.distances[0]) - (2 - 0.5 * x)) < 1e-6 && above.ids == [4, -1])
      let below = sensor.measurement(of: scene, at: Pose(position: Vector(x, 0.2, -2)))
      #expect(abs(Double(below.distances[1]) - (2 + 0.5 * x)) < 1e-6 && below.ids == [-1, 4])
    }
  }

  @Test("a drone's propellers are where its rotors are", arguments: ["cf2x", "cf2p", "racer"])
  func propellersAreAtRotors(name: String) throws {
    let model = try ModelCatalogue.standard.model(named: name)
    var chance = Chance(seed: 15)
    let pose = Pose(position: Vector(1, 2, 3), attitude: chance.attitude())
    var scene = Scene()
    try scene.add(try quadcopter(name), id: 9, at: pose)
    let up = RotationMatrix(pose.attitude).zAxis
    for rotor in model.rotors.array {
      for turn in 0..<16 {
        let angle = Double(turn) * .pi / 8
        let (sine, cosine) = angle.sineAndCosine()
        // The octagon's sides are at 0.92 of its radius, its corners at 1.
        for (share, isMet) in [(0.91, true), (1.01, false)] where share < 1 || turn % 2 == 0 {
          let rim = rotor.position + share * rotor.radius * Vector(cosine, sine, 0)
          let isOther = model.rotors.array.contains {
            $0.position != rotor.position && ($0.position - rim).norm < $0.radius
          }
          if !isMet && (isOther || rim.norm < rotor.position.norm) { continue }
          for side in [1.0, -1] {
            let eye = pose.position + pose.attitude(rim) + 0.5 * side * up
            let ray = pose.attitude.inverse(-side * up)
            let sensor = try RangeSensor(directions: [ray], range: 0.001...2)
            let found = sensor.measurement(
              of: scene, at: Pose(position: eye, attitude: pose.attitude))
            #expect((found.ids[0] == 9) == isMet)
            if isMet { #expect(found.distances[0] <= 0.5 + 1e-6) }
          }
        }
      }
    }
  }

  @Test("a mesh shows the side from which its corners turn against the clock")
  func meshesHaveOneSide() throws {
    let sheet = try Mesh(
      corners: [Vector(2, -1, -1), Vector(2, 1, -1), Vector(2, 0, 1)], triangles: [[0, 2, 1]])
    var scene = Scene()
    try scene.add([ScenePart(.mesh(sheet), colour: .carbon)], id: 1)
    let ahead = try RangeSensor(directions: [Vector(1, 0, 0)], range: 0.1...9)
    #expect(ahead.measurement(of: scene, at: Pose()).distances == [2])
    let back = Pose(
      position: Vector(4, 0, 0), attitude: Rotation<Body, World, Double>(x: 0, y: 0, z: 1, w: 0))
    #expect(ahead.measurement(of: scene, at: back).distances == [9])
  }
}
