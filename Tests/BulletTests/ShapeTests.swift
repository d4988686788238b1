import Bullet
import Geometry
import SpatialMath
import Testing

/// Shapes beyond boxes and balls, as things that are touched.
struct ShapeTests {
  private static let capsule = Shape.capsule(radius: 0.1, length: 0.4)

  /// A level sheet of triangles at z = 0, cells of 5 cm, 2 m wide.
  private static let sheet = RigidBody(
    .heightfield(Array(repeating: 0, count: 41 * 41), columns: 41, spacing: 0.05), friction: 0.5)

  @Test("a capsule rests on its radius, lying, and on half its whole length, standing")
  func capsuleRests() throws {
    for floor in [ground, RigidBody(.box(size: Vector(4, 4, 1)), at: Pose(0, 0, -0.5)), Self.sheet]
    {
      var lying = try Flight(obstacles: [
        floor, RigidBody(Self.capsule, at: Pose(0, 0, 0.15, roll: .pi / 2), mass: 0.2),
      ])
      lying.step(times: 480)
      let motion = lying.world.motion(of: lying.obstacles[1])
      #expect(abs(motion.pose.position.z - 0.1) < 1e-4, "\(floor.shape)")
      #expect(motion.velocity.norm < 1e-3)
      var standing = try Flight(obstacles: [
        floor, RigidBody(Self.capsule, at: Pose(0, 0, 0.31), mass: 0.2),
      ])
      standing.step(times: 240)
      #expect(abs(standing.world.motion(of: standing.obstacles[1]).pose.position.z - 0.3) < 1e-3)
    }
  }

  @Test("a capsule rolls down a slope as a cylinder and two half balls should")
  func capsuleRolls() throws {
    let level = Pose(0, 0, 0, pitch: 0.1)
    let up = RotationMatrix(level.attitude).zAxis
    let start = Pose(position: 0.6 * up, attitude: Pose(0, 0, 0, roll: .pi / 2).attitude)
    var flight = try Flight(obstacles: [
      RigidBody(.box(size: Vector(40, 4, 1)), at: level, friction: 1),
      RigidBody(Self.capsule, at: start, mass: 0.2, friction: 1),
    ])
    flight.step(times: 24)
    let before = flight.world.motion(of: flight.obstacles[1]).velocity.norm
    flight.step(times: 240)
    let gained = flight.world.motion(of: flight.obstacles[1]).velocity.norm - before
    // a = g sin α / (1 + I / m r²): the cylinder has 9/13 of the mass, the ball 4/13.
    let ratio = 0.5 * 9 / 13 + 0.4 * 4 / 13
    #expect(abs(gained / (9.8 * 0.1.sine() / (1 + ratio)) - 1) < 0.01)
  }

  @Test("a drone rests on a sheet of triangles as on a floor, and slides over it without tripping")
  func sheetIsLevel() throws {
    var flight = try Flight(obstacles: [Self.sheet])
    try flight.add(at: Pose(-0.6, 0.013, 0.02), velocity: Vector(1.5, 0.1, 0), friction: 0.1)
    var plane = try Flight(obstacles: [RigidBody(.plane, friction: 0.5)])
    try plane.add(at: Pose(-0.6, 0.013, 0.02), velocity: Vector(1.5, 0.1, 0), friction: 0.1)
    for _ in 0..<240 {
      flight.step()
      plane.step()
      #expect(abs(flight.vehicles[0].position.z - plane.vehicles[0].position.z) < 1e-3)
    }
    #expect((flight.vehicles[0].position - plane.vehicles[0].position).norm < 0.02)
    #expect(flight.vehicles[0].position.x > -0.3)
  }

  @Test("nothing passes a sheet of triangles", arguments: [1.0, 5, 30, 100], [0.0, 0.4, 1.5])
  func sheetHolds(speed: Double, roll: Double) throws {
    var flight = try Flight(gravity: .zero, obstacles: [Self.sheet])
    try flight.add(
      at: Pose(0.01, 0.02, 0.5, roll: roll), velocity: Vector(0.3, 0, -speed),
      angularVelocity: Vector(3, 5, 7))
    let released = flight.energy
    for _ in 0..<240 {
      flight.step()
      #expect(flight.vehicles[0].position.z > 0)
      #expect(flight.energy <= released * (1 + 1e-6))
    }
  }

  @Test("a table of five boxes carries a drone on its top, and one passes between its legs")
  func table() throws {
    let legs = [(0.4, 0.4), (0.4, -0.4), (-0.4, 0.4), (-0.4, -0.4)].map { x, y in
      PlacedShape(.box(size: Vector(0.05, 0.05, 0.7)), at: Vector(x, y, -0.375))
    }
    let top = PlacedShape(.box(size: Vector(1, 1, 0.05)))
    let table = RigidBody(.compound([top] + legs), at: Pose(0, 0, 0.725))
    var flight = try Flight(obstacles: [ground, table])
    try flight.add(at: Pose(0.1, 0.1, 0.8))
    try flight.add(at: Pose(-1, 0, 0.3), velocity: Vector(10, 0, 1))
    flight.step(times: 48)
    #expect(flight.vehicles[1].velocity.x == 10)
    flight.step(times: 192)
    #expect(abs(flight.vehicles[0].position.z - 0.7625) < 1e-4)
    var hit = try Flight(gravity: .zero, obstacles: [table])
    try hit.add(at: Pose(-1, 0.4, 0.3), velocity: Vector(10, 0, 0))
    hit.step(times: 240)
    #expect(hit.vehicles[0].position.x < -0.42)
  }

  @Test("a dynamic dumbbell of two balls rests on both")
  func dumbbell() throws {
    let dumbbell = Shape.compound([
      PlacedShape(.sphere(radius: 0.1), at: Vector(-0.3, 0, 0)),
      PlacedShape(.sphere(radius: 0.1), at: Vector(0.3, 0, 0)),
    ])
    var flight = try Flight(obstacles: [
      ground, RigidBody(dumbbell, at: Pose(0, 0, 0.4, pitch: 0.5), mass: 0.5),
    ])
    flight.step(times: 960)
    let end = flight.world.motion(of: flight.obstacles[1])
    #expect(abs(end.pose.position.z - 0.1) < 1e-3)
    #expect(abs(RotationMatrix(end.pose.attitude).xAxis.z) < 1e-2)
  }

  @Test("bodies whose groups do not collide pass through each other")
  func groups() throws {
    let other = CollisionGroups.group(7)
    for (collidesWith, isStopped) in [(CollisionGroups.all, true), (other, false)] {
      var wall = RigidBody(.box(size: Vector(0.2, 4, 4)))
      wall.collidesWith = collidesWith
      var flight = try Flight(gravity: .zero, obstacles: [wall])
      try flight.add(at: Pose(-0.5, 0, 0), velocity: Vector(3, 0, 0))
      flight.step(times: 240)
      #expect((flight.vehicles[0].position.x < 0) == isStopped)
      #expect((flight.vehicles[0].velocity.x == 3) == !isStopped)
    }
  }

  @Test("a lift carries a drone, and a kinematic wall sweeps it along")
  func kinematic() throws {
    let path = ScheduledMotion([
      .init(at: 0, Pose(0, 0, -0.05)), .init(at: 2, Pose(0, 0, 0.95)),
    ])
    let lift = RigidBody(.box(size: Vector(1, 1, 0.1)), motion: path)
    var flight = try Flight(obstacles: [lift])
    try flight.add(at: Pose(0, 0, 0.0125))
    for step in 0..<480 {
      let (now, next) = (path.pose(at: Double(step) * dt), path.pose(at: Double(step + 1) * dt))
      let velocity = 240 * (next.position - now.position)
      try flight.world.setMotion(BodyMotion(pose: now, velocity: velocity), of: flight.obstacles[0])
      flight.step()
    }
    #expect(abs(flight.vehicles[0].position.z - 1.0125) < 1e-3)
    #expect(abs(flight.vehicles[0].velocity.z - 0.5) < 1e-3)
  }

  @Test("rays meet every shape where geometry says, and the nearest first")
  func rays() throws {
    var world = try BulletWorld(gravity: .zero, subworlds: 2)
    let ball = try world.add(RigidBody(.sphere(radius: 0.5), at: Pose(3, 0, 0)))
    let rod = try world.add(RigidBody(Self.capsule, at: Pose(0, 3, 0)))
    let terrain = try world.add(
      RigidBody(.heightfield([0, 1, 0, 1], columns: 2, spacing: 2), at: Pose(0, 0, -3)))
    _ = try world.add(RigidBody(.box(size: Vector(1, 1, 1)), at: Pose(1.5, 0, 0)), to: 1)
    let up = Vector<World, Double>(0, 0, 1)
    let slope = (1.0 / 5).squareRoot()
    let cases: [(Ray, Double, Vector<World, Double>, BodyID?)] = [
      (Ray(from: .zero, along: Vector(1, 0, 0)), 2.5, Vector(-1, 0, 0), ball),
      (Ray(from: .zero, along: Vector(1, 0, 0), range: 2.4), 2.4, .zero, nil),
      (Ray(from: .zero, along: Vector(1, 0, 0), groups: .drones), .infinity, .zero, nil),
      (Ray(from: .zero, along: Vector(0, 1, 0)), 2.9, Vector(0, -1, 0), rod),
      (Ray(from: Vector(0, 3, 2), along: -up), 1.7, up, rod),
      (Ray(from: .zero, along: -up), 2.5, Vector(-slope, 0, 2 * slope), terrain),
      (Ray(from: Vector(0, 0, -9), along: up), 6.5, Vector(slope, 0, -2 * slope), terrain),
      (Ray(from: .zero, along: Vector(1, 0, 0), subworld: 1), 1, Vector(-1, 0, 0), nil),
      (Ray(from: .zero, along: up), .infinity, .zero, nil),
      (Ray(from: Vector(.nan, 0, 0), along: up), .infinity, .zero, nil),
    ]
    let rays = cases.map(\.0)
    var hits = Array(repeating: RayHit(), count: rays.count)
    var span = hits.mutableSpan
    world.cast(rays.span, into: &span)
    for (hit, (ray, distance, normal, body)) in zip(hits, cases) {
      #expect(
        hit.distance == distance || abs(hit.distance - distance) < 1e-12, "\(ray): \(hit)")
      #expect((hit.normal - normal).norm < 1e-12, "\(ray): \(hit)")
      if ray.subworld == 0 { #expect(hit.body == body) }
    }
  }

  @Test("a mesh with a mass, an empty one, and an empty compound are refused")
  func refusals() throws {
    var world = try BulletWorld(gravity: .zero)
    #expect(throws: BulletError.hollow) {
      try world.add(RigidBody(Self.sheet.shape, mass: 1))
    }
    let line = TriangleMesh(
      points: [Vector(0, 0, 0), Vector(1, 0, 0), Vector(2, 0, 0)], corners: [0, 1, 2])
    #expect(throws: BulletError.emptyMesh) { try world.add(RigidBody(.mesh(line))) }
    #expect(throws: BulletError.emptyCompound) { try world.add(RigidBody(.compound([]))) }
    #expect(throws: BulletError.scheduledMotionWithMass) {
      try world.add(
        RigidBody(
          .sphere(radius: 1), mass: 1, motion: ScheduledMotion([.init(at: 0, Pose(0, 0, 0))])))
    }
    #expect(throws: BulletError.emptyCompound) {
      try world.addVehicle(.compound([]), mass: 1, inertia: Vector(1, 1, 1))
    }
  }

  @Test("a vehicle of two boxes that make one falls and lies as the one does")
  func compoundVehicles() throws {
    let whole = Shape.box(size: Vector(0.2, 0.1, 0.04))
    let half = Shape.box(size: Vector(0.1, 0.1, 0.04))
    let halves = Shape.compound([
      PlacedShape(half, at: Vector(-0.05, 0, 0)), PlacedShape(half, at: Vector(0.05, 0, 0)),
    ])
    func rest(_ shape: Shape) throws -> VehicleMotion {
      var flight = try Flight(obstacles: [ground])
      try flight.add(shape, at: Pose(0, 0, 0.3, roll: 0.3, pitch: 0.2))
      flight.step(times: 480)
      return flight.vehicles[0]
    }
    let (one, two) = (try rest(whole), try rest(halves))
    for motion in [one, two] {
      #expect(abs(motion.position.z - 0.02) < 1e-3 && motion.velocity.norm < 1e-3)
      #expect(motion.contactCount >= 4)
    }
  }

  @Test("a guard ring around a small body is what touches the wall")
  func guardRing() throws {
    let guarded = Shape.compound([
      PlacedShape(.box(size: Vector(0.1, 0.1, 0.05))),
      PlacedShape(.cylinder(radius: 0.3, height: 0.04)),
    ])
    let wall = RigidBody(.box(size: Vector(0.2, 4, 4)), at: Pose(1.1, 0, 0))
    var flight = try Flight(gravity: .zero, obstacles: [wall])
    try flight.add(guarded, at: Pose(0, 0, 0), velocity: Vector(0.5, 0, 0))
    flight.step(times: 480)
    // The prism of 32 sides has a corner there.
    #expect(abs(flight.vehicles[0].position.x - 0.7) < 2e-3)
  }

  /// Energy: ½ I ω² = m g l (cos φ₀ − cos φ), with I = m (w² + h²) / 3 about the edge that it tips over.
  @Test("a tall box tips over its edge at the speed of a pendulum upside down")
  func tips() throws {
    let (width, height, lean) = (0.1, 1.0, 0.2)
    // Standing on its lower right edge, which is at the origin.
    let attitude = Pose(0, 0, 0, pitch: lean).attitude
    let arm = attitude(Vector<Body, Double>(-width / 2, 0, height / 2))
    var flight = try Flight(obstacles: [
      RigidBody(.plane, friction: 100),
      RigidBody(
        .box(size: Vector(width, 0.5, height)), at: Pose(position: arm, attitude: attitude),
        mass: 2,
        friction: 100),
    ])
    let length = (width * width + height * height).squareRoot() / 2
    let start = arm.z / length
    for _ in 0..<2000 {
      flight.step(by: 1 / 2000)
      let motion = flight.world.motion(of: flight.obstacles[1])
      let now = motion.pose.position.z / length
      guard now > 0.5 else { break }
      let expected = 2 * 9.8 * length * (start - now) / (4.0 / 3 * length * length)
      guard expected > 0.5 else { continue }
      #expect(abs(motion.angularVelocity.y / expected.squareRoot() - 1) < 0.02)
    }
    #expect(flight.world.motion(of: flight.obstacles[1]).angularVelocity.y > 2)
  }
}
