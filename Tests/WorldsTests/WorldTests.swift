import Geometry
import Parameters
import SpatialMath
import Testing
import Worlds

/// Drawn worlds, by the names that files call them.
struct WorldTests {
  /// What a world consists of, with some of its parameters.
  private static func bodies(
    _ name: String, _ changes: [String: ParameterValue] = [:],
    clearOf places: [Vector<World, Double>] = []
  ) throws -> [RigidBody] {
    let factory = try #require(WorldCatalogue.standard[name]).factory
    let values = zip(factory.parameters, try #require(factory.defaults))
      .map { changes[$0.name] ?? $1 }
    return try factory.make((), values).obstacles(clearOf: places)
  }

  @Test(
    "a seed draws the same world again, another seed another",
    arguments: WorldCatalogue.standard.names)
  func seeds(name: String) throws {
    let first = try Self.bodies(name)
    #expect(!first.isEmpty)
    #expect(try Self.bodies(name) == first)
    #expect(try Self.bodies(name, ["seed": .integer(1)]) != first)
  }

  @Test(
    "all but balls stands still, and nothing has a mass", arguments: WorldCatalogue.standard.names)
  func stillness(name: String) throws {
    let bodies = try Self.bodies(name)
    let moves = name == "moving_obstacles"
    #expect(bodies.allSatisfy { $0.mass == 0 && ($0.motion != nil) == moves })
  }

  @Test("of a forest, pillars near a start are left out, and no other moves")
  func clearance() throws {
    let all = try Self.bodies("forest")
    let start = all[3].pose.position + Vector(0.3, 0, 0)
    let rest = try Self.bodies("forest", clearOf: [start])
    #expect(
      rest
        == all.filter { body in
          guard case .cylinder(let radius, _) = body.shape else { return false }
          return (body.pose.position - start).norm >= radius + 0.5
        })
    #expect(rest.count < all.count && !rest.isEmpty)
    #expect(try Self.bodies("forest", ["clear": .list([.vector(start)])]) == rest)
  }

  @Test("walls leave an opening of their width each, at places of their own", arguments: 0..<10)
  func walls(seed: Int) throws {
    let parts = try Self.bodies("walls", ["seed": .integer(seed), "opening": .number(0.7)])
    var ends: [Double: [ClosedRange<Double>]] = [:]
    for part in parts {
      guard case .box(let size) = part.shape else { continue }
      #expect(size.x == 0.1 && size.z == 2.5 && part.pose.position.z == 1.25)
      let (y, half) = (part.pose.position.y, 0.5 * size.y)
      ends[part.pose.position.x, default: []].append(y - half...y + half)
    }
    #expect(ends.count == 4)
    for walls in ends.values {
      let covered = walls.reduce(0) { $0 + $1.upperBound - $1.lowerBound }
      #expect(abs(covered - (4 - 0.7)) < 2e-3)
      #expect(walls.allSatisfy { $0.lowerBound > -2.001 && $0.upperBound < 2.001 })
    }
    let openings = ends.values.compactMap { $0.map(\.upperBound).min() }
    #expect(Set(openings).count > 1)
  }

  @Test(
    "the walls of a corridor face each other at its width, and meet at their ends",
    arguments: 0..<10)
  func corridor(seed: Int) throws {
    let walls = try Self.bodies("corridor", ["seed": .integer(seed)])
    #expect(walls.count == 10)
    func ends(_ wall: RigidBody) -> (Vector<World, Double>, Vector<World, Double>) {
      guard case .box(let size) = wall.shape else { return (.zero, .zero) }
      let along = 0.5 * (size.x - 0.1) * RotationMatrix(wall.pose.attitude).xAxis
      return (wall.pose.position - along, wall.pose.position + along)
    }
    for part in 0..<5 {
      let (left, right) = (walls[part], walls[part + 5])
      let axes = RotationMatrix(left.pose.attitude)
      #expect((axes.xAxis - RotationMatrix(right.pose.attitude).xAxis).norm < 1e-9)
      let across = (left.pose.position - right.pose.position).dot(axes.yAxis)
      #expect(abs(across - 1.3) < 1e-9)
      guard part < 4 else { continue }
      for side in [part, part + 5] {
        #expect((ends(walls[side]).1 - ends(walls[side + 1]).0).norm < 1e-9)
      }
    }
  }

  @Test("terrain rises from the ground to less than its height, and is level where drones start")
  func terrain() throws {
    func points(clearOf places: [Vector<World, Double>]) throws -> [Vector<Body, Double>] {
      let body = try #require(try Self.bodies("terrain", clearOf: places).first)
      #expect(body.pose.position.z < 0, "the floor is what drones stand on where it is level")
      guard case .mesh(let mesh) = body.shape else { return [] }
      return mesh.points
    }
    let all = try points(clearOf: [])
    #expect(all.count == 41 * 41 && all.allSatisfy { 0...1 ~= $0.z })
    let heights = all.map(\.z)
    #expect((heights.max() ?? 0) > 0.6 && (heights.min() ?? 1) < 0.4)
    // Neighbours along x: half a metre of a wavelength of 5 m.
    #expect(
      zip(heights, heights.dropFirst()).enumerated().allSatisfy {
        $0.offset % 41 == 40 || abs($0.element.0 - $0.element.1) < 0.5
      })
    let level = try points(clearOf: [Vector(3, -2, 1)])
    let (near, far) = (4.0, 1.0)
    for (before, after) in zip(all, level) {
      let (x, y) = (before.x - 3, before.y + 2)
      let distance = (x * x + y * y).squareRoot()
      if distance <= far { #expect(after.z == 0) }
      if distance >= near { #expect(after == before) }
    }
  }

  @Test(
    "moving obstacles stay in their box, at speeds of their range, and come back",
    arguments: 0..<10)
  func moving(seed: Int) throws {
    let all = try Self.bodies("moving_obstacles", ["seed": .integer(seed)])
    #expect(all.count == 5)
    for body in all {
      let motion = try #require(body.motion)
      let places = motion.keyframes.map(\.pose.position)
      #expect(places.count == 3 && places[0] == places[2] && motion.isLoop)
      let speed = (places[1] - places[0]).norm / motion.keyframes[1].time
      #expect(speed > 0.3 - 1e-9 && speed < 1 + 1e-9)
      #expect(places.allSatisfy { max(abs($0.x), abs($0.y)) <= 4.8 && 0.2...2.3 ~= $0.z })
    }
    let way = try #require(all[0].motion).keyframes
    let middle = 0.5 * (way[0].pose.position + way[1].pose.position)
    #expect(
      try !Self.bodies(
        "moving_obstacles", ["seed": .integer(seed)], clearOf: [middle]
      ).contains(all[0]))
  }
}
