import Configuration
import Drone
import Foundation
import Geometry
import Scenario
import Simulation
import SpatialMath
import TestSupport
import Testing

/// Obstacles and pushes as scenarios write them.
struct ObstacleSchemaTests {
  /// The flight of a scenario's text, with other files beside it.
  private func flight(
    _ text: String, files: [String: String] = [:]
  ) throws -> FlightSpecification {
    let folder = try TemporaryFolder()
    for (name, contents) in files { _ = try folder.write(contents, to: name) }
    return try FlightSpecification(contentsOf: folder.write(text, to: "flight.yaml"))
  }

  private func obstacle(_ line: String, files: [String: String] = [:]) throws -> RigidBody {
    let text = """
      version: 1
      world: { obstacles: [\(line)] }
      drones: [{ at: [0, 0, 9] }]
      """
    return try #require(try flight(text, files: files).world.obstacles.first)
  }

  private static let triangle = "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n"

  @Test("every shape is read and written as it stands")
  func shapes() throws {
    let capsule = try obstacle(
      "{ capsule: [0.1, 0.4], at: [1, 2, 3], groups: [3], collides_with: [1, 4] }")
    #expect(capsule.shape == .capsule(radius: 0.1, length: 0.4))
    #expect(capsule.groups == .group(3) && capsule.collidesWith == [.group(1), .group(4)])
    let terrain = try obstacle(
      "{ heightfield: { spacing: 2, heights: [[0, 1], [0, 1]] }, at: [0, 0, 0] }")
    #expect(terrain.shape == .heightfield([0, 1, 0, 1], columns: 2, spacing: 2))
    let mesh = try obstacle(
      "{ mesh: { file: a.obj, scale: 2 }, at: [0, 0, 0] }", files: ["a.obj": Self.triangle])
    guard case .mesh(let triangles) = mesh.shape else { return #expect(Bool(false), "no mesh") }
    #expect(triangles.points[1] == Vector(2, 0, 0) && triangles.triangleCount == 1)
    let table = try obstacle(
      "{ compound: [{ box: [1, 1, 0.1] }, { sphere: 0.2, at: [0, 0, 1] }], at: [0, 0, 1] }")
    #expect(
      table.shape
        == .compound([
          PlacedShape(.box(size: Vector(1, 1, 0.1))),
          PlacedShape(.sphere(radius: 0.2), at: Vector(0, 0, 1)),
        ]))
    var world = try flight("version: 1\ndrones: [{ at: [0, 0, 9] }]").world
    world.obstacles = [capsule, terrain, mesh, table]
    let written = String(decoding: try JSONEncoder().encode(world), as: UTF8.self)
    for word in [
      "\"capsule\":[0.1,0.4]", "\"corners\":[0,1,2]", "\"collides_with\":[1,4]", "compound",
    ] {
      #expect(written.contains(word), "\(written)")
    }
  }

  @Test("a key by its old name is read, with a note that names the new one")
  func oldNames() throws {
    func flight(_ keys: String) throws -> (groups: CollisionGroups?, notes: [String]) {
      let folder = try TemporaryFolder()
      let text = """
        version: 1
        world:
          obstacles:
            - { sphere: 1, at: [0, 0, 3], \(keys) }
        drones: [{ at: [0, 0, 9] }]
        """
      var notes: [String] = []
      let file = try folder.write(text, to: "flight.yaml")
      let flight = try FlightSpecification(contentsOf: file) { notes.append($0) }
      return (flight.world.obstacles.first?.collidesWith, notes)
    }
    let old = try flight("minds: [1]")
    #expect(old.groups == .group(1) && old.notes.count == 1)
    #expect(
      try #require(old.notes.first).hasSuffix(
        ":4: world.obstacles[0].minds: an old name; it is now \"collides_with\""))
    #expect(try flight("collides_with: [1]").notes.isEmpty)
    let error = #expect(throws: InvalidConfiguration.self) {
      try flight("minds: [1], collides_with: [1]")
    }
    #expect(
      "\(try #require(error))".contains("stands beside collides_with; expected only one of them"))
  }

  @Test("a motion gives the place, and a mass beside it is refused")
  func motion() throws {
    let door = try obstacle(
      "{ box: [1, 0.1, 2], motion: { poses: [{ t: 0, at: [1, 2, 3] }, { t: 2, at: [2, 2, 3] }] } }")
    #expect(door.pose.position == Vector(1, 2, 3))
    #expect(door.motion?.pose(at: 1).position == Vector(1.5, 2, 3))
    #expect(throws: InvalidConfiguration.self) {
      try obstacle("{ sphere: 1, mass: 1, motion: { poses: [{ t: 0, at: [1, 2, 3] }] } }")
    }
    #expect(throws: InvalidConfiguration.self) {
      try obstacle(
        "{ mesh: { file: a.obj }, at: [0, 0, 0], mass: 1 }", files: ["a.obj": Self.triangle])
    }
  }

  @Test("a URDF file gives shape, mass, friction and centre of mass")
  func urdf() throws {
    let file = """
      <robot name="hammer">
        <link name="handle">
          <inertial><mass value="1"/><inertia ixx="1" iyy="1" izz="1"/></inertial>
          <collision><geometry><cylinder radius="0.1" length="1"/></geometry></collision>
          <contact><lateral_friction value="0.8"/></contact>
        </link>
        <link name="head">
          <inertial><mass value="3"/></inertial>
          <collision><geometry><box size="0.4 0.2 0.2"/></geometry></collision>
        </link>
        <joint name="j" type="fixed">
          <parent link="handle"/><child link="head"/><origin xyz="0 0 0.4"/>
        </joint>
      </robot>
      """
    let hammer = try obstacle("{ urdf: h.urdf, at: [1, 0, 0] }", files: ["h.urdf": file])
    #expect(hammer.mass == 4 && hammer.friction == 0.8)
    #expect((hammer.pose.position - Vector(1, 0, 0.3)).norm < 1e-12)
    #expect(hammer.shape.parts.count == 2)
    #expect((hammer.shape.parts[1].position - Vector(0, 0, 0.1)).norm < 1e-12)
    let pinned = try obstacle("{ urdf: h.urdf, at: [1, 0, 0], mass: 0 }", files: ["h.urdf": file])
    #expect(pinned.mass == 0)
    #expect(throws: InvalidConfiguration.self) {
      try obstacle(
        "{ urdf: h.urdf, at: [1, 0, 0] }",
        files: ["h.urdf": file.replacingOccurrences(of: "fixed", with: "continuous")])
    }
  }

  @Test("the inertia is the file's, along its principal axes, or the scenario's")
  func inertia() throws {
    let file = """
      <robot name="plank"><link name="a">
        <inertial><mass value="2"/>
          <inertia ixx="0.5" iyy="0.5" izz="0.6" ixy="0.1" ixz="0" iyz="0"/></inertial>
        <collision><geometry><box size="1 1 0.1"/></geometry></collision>
        <contact><lateral_friction value="0.3"/><restitution value="0.4"/></contact>
      </link></robot>
      """
    let plank = try obstacle(
      "{ urdf: p.urdf, at: [0, 0, 1], rpy: [0, 0, 0.1] }", files: ["p.urdf": file])
    let moments = try #require(plank.inertia)
    // (0.5 ± 0.1) about axes at 45 degrees.
    #expect((moments - Vector(0.6, 0.4, 0.6)).norm < 1e-12)
    #expect(abs(RollPitchYaw(plank.pose.attitude).yaw - (0.1 + .pi / 4)) < 1e-12)
    #expect(abs(plank.shape.parts[0].attitude.z + (Double.pi / 8).sine()) < 1e-12)
    #expect(plank.friction == 0.3 && plank.restitution == 0.4)
    let heavy = try obstacle("{ urdf: p.urdf, at: [0, 0, 1], mass: 4 }", files: ["p.urdf": file])
    #expect((try #require(heavy.inertia) - Vector(1.2, 0.8, 1.2)).norm < 1e-12)
    let own = try obstacle("{ sphere: 1, at: [0, 0, 1], mass: 1, inertia: [1, 2, 3] }")
    #expect(own.inertia == Vector(1, 2, 3))
    for line in [
      "inertia: [1, 1, 1]", "mass: 1, inertia: [1, 1, 3]", "mass: 1, inertia: [1, 1, 0]",
    ] {
      #expect(throws: InvalidConfiguration.self) {
        try obstacle("{ sphere: 1, at: [0, 0, 1], \(line) }")
      }
    }
  }

  @Test("what stands has friction 1, what moves 0.5, and drones have a surface of their own")
  func surfaces() throws {
    #expect(try obstacle("{ sphere: 1, at: [0, 0, 3] }").friction == 1)
    #expect(try obstacle("{ sphere: 1, at: [0, 0, 3], mass: 1 }").friction == 0.5)
    let drones = try flight(
      "version: 1\ndrones: [{ at: [0, 0, 9] }, { at: [1, 0, 9], friction: 0.1, restitution: 1 }]"
    ).drones
    #expect(drones.map(\.model.friction) == [0.5, 0.1])
    #expect(drones.map(\.model.restitution) == [0, 1])
    let error = #expect(throws: InvalidConfiguration.self) {
      try flight("version: 1\ndrones: [{ at: [0, 0, 9], restitution: 1.5 }]")
    }
    #expect("\(try #require(error))".contains(":2: drones[0].restitution: 1.5"))
  }

  @Test("pushes are read, and act in the flight")
  func pushes() throws {
    let text = """
      version: 1
      duration: 0.5
      physics: { dynamics: explicit, gravity: 0 }
      drones:
        - at: [0, 0, 1]
        - at: [0, 5, 1]
          pushes:
            - { from: 0.1, until: 0.2, force: [0.027, 0, 0] }
            - { torque: [0, 0, 1e-7], axes: body }
      """
    let specification = try flight(text)
    let pushes = specification.drones[1].pushes
    #expect(pushes.count == 2 && pushes[0].times == 0.1..<0.2 && pushes[0].drone == 1)
    #expect(pushes[1].times == 0..<Double.infinity && pushes[1].axes == .body)
    #expect(throws: InvalidConfiguration.self) {
      try flight(text.replacingOccurrences(of: "until: 0.2", with: "until: 0.05"))
    }
  }
}
