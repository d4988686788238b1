import Rendering
import SpatialMath
import Testing

/// The same bits however images are asked for.
struct DeterminismTests {
  private func viewpoints(_ chance: inout Chance, sceneCount: Int) -> [Viewpoint] {
    (0..<3 * sceneCount).map { i in
      let pose = Pose(
        position: Vector(0, 0.1 * Double(i), chance.number(-0.5, 1)), attitude: chance.attitude())
      return Viewpoint(
        scene: i * 7 % sceneCount, carrier: pose, hiding: i % 3 == 0 ? Int32(i) : nil)
    }
  }

  @Test("images of many worlds at once are those of each alone", arguments: [(64, 48), (37, 29)])
  func batchEqualsSingle(width: Int, height: Int) throws {
    var chance = Chance(seed: 11)
    let scenes = try (0..<5).map { try chance.scene(count: 3 + 5 * $0).scene }
    let viewpoints = viewpoints(&chance, sceneCount: scenes.count)
    let camera = try camera(width, height)
    var together = Images(of: camera, count: viewpoints.count)
    var renderer = Renderer()
    renderer.render(camera, from: viewpoints, of: scenes, into: &together)
    var alone = (colours: [UInt8](), depths: [Float](), ids: [Int32]())
    for viewpoint in viewpoints {
      let image = camera.image(
        of: scenes[viewpoint.scene], at: viewpoint.carrier, hiding: viewpoint.hidden)
      alone.colours += image.colours
      alone.depths += image.depths
      alone.ids += image.ids
    }
    let isEqual =
      together.colours == alone.colours && together.depths == alone.depths
      && together.ids == alone.ids
    #expect(isEqual)
  }

  @Test("what was drawn before leaves no trace")
  func forgetsEarlierImages() throws {
    var chance = Chance(seed: 12)
    let (small, large) = (try chance.scene(count: 3).scene, try chance.scene(count: 40).scene)
    let camera = try camera(50, 40)
    var (first, second) = (Images(of: camera), Images(of: camera))
    var wide = Images(of: try Rendering.Camera(width: 300, height: 9, verticalFieldOfView: 2))
    var renderer = Renderer()
    let viewpoints = [Viewpoint(carrier: Pose())]
    renderer.render(camera, from: viewpoints, of: [small], into: &first)
    renderer.render(
      try Rendering.Camera(width: 300, height: 9, verticalFieldOfView: 2), from: viewpoints,
      of: [large], into: &wide)
    renderer.render(camera, from: viewpoints, of: [small], into: &second)
    #expect(first == second)
  }

  @Test("a buffer that is left out does not change the others")
  func buffersAreIndependent() throws {
    var chance = Chance(seed: 13)
    let scene = try chance.scene(count: 12).scene
    let camera = try camera(33, 21)
    let whole = camera.image(of: scene, at: Pose())
    for kept in 0..<3 {
      var part = Images(of: camera)
      if kept != 0 { part.colours = [] }
      if kept != 1 { part.depths = [] }
      if kept != 2 { part.ids = [] }
      var renderer = Renderer()
      renderer.render(camera, from: [Viewpoint(carrier: Pose())], of: [scene], into: &part)
      #expect(kept != 0 || part.colours == whole.colours)
      #expect(kept != 1 || part.depths == whole.depths)
      #expect(kept != 2 || part.ids == whole.ids)
    }
  }

  @Test("every instruction set gives the same bits", arguments: 0..<20 as Range<UInt64>)
  func instructionSetsAgree(seed: UInt64) throws {
    var chance = Chance(seed: seed)
    var scene = try chance.scene(count: 25).scene
    let drone = try quadcopter("cf2x")
    for i in 0..<8 {
      let place = Vector<World, Double>(
        chance.number(0.1, 1.5), chance.number(-0.6, 0.6), chance.number(-0.5, 0.5))
      try scene.add(
        drone, id: Int32(50 + i), at: Pose(position: place, attitude: chance.attitude()))
    }
    let pose = Pose(position: chance.vector(within: 0.3), attitude: chance.attitude())
    let width = Int(chance.number(1, 100))
    let camera = try camera(width, Int(chance.number(1, 80)))
    let sensor = try RangeSensor.lidar(rayCount: width, range: 0.01...9)
    let expected = camera.image(of: scene, at: pose, instructions: .baseline)
    let measured = sensor.measurement(of: scene, at: pose, instructions: .baseline)
    for set in InstructionSet.available {
      let image = camera.image(of: scene, at: pose, instructions: set)
      #expect(image == expected, "\(set)")
      let other = sensor.measurement(of: scene, at: pose, instructions: set)
      #expect(other.distances == measured.distances && other.ids == measured.ids, "\(set)")
    }
  }

  @Test("ranges from many worlds at once are those from each alone")
  func rangesBatchEqualsSingle() throws {
    var chance = Chance(seed: 14)
    let scenes = try (0..<4).map { try chance.scene(count: 3 + 5 * $0).scene }
    let viewpoints = viewpoints(&chance, sceneCount: scenes.count)
    let sensor = try RangeSensor.lidar(rayCount: 13, range: 0.1...8)
    var distances = [Float](repeating: 0, count: 13 * viewpoints.count)
    var ids = [Int32](repeating: 0, count: distances.count)
    var renderer = Renderer()
    var distanceSpan = distances.mutableSpan
    var idSpan = ids.mutableSpan
    renderer.measure(
      sensor, from: viewpoints.span, of: scenes.span, distances: &distanceSpan, ids: &idSpan)
    let alone = viewpoints.map {
      sensor.measurement(of: scenes[$0.scene], at: $0.carrier, hiding: $0.hidden)
    }
    #expect(distances == alone.flatMap(\.distances))
    #expect(ids == alone.flatMap(\.ids))
  }
}
