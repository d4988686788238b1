import Bullet
import Geometry
import SpatialMath
import Testing

struct ValidationTests {
  static let badShapes: [Shape] = [
    .sphere(radius: 0), .sphere(radius: -1), .sphere(radius: .nan), .sphere(radius: .infinity),
    .box(size: Vector(1, 0, 1)), .box(size: Vector(1, 1, .nan)),
    .cylinder(radius: 1, height: -1), .cylinder(radius: .infinity, height: 1),
    .convexHull(points: []), .convexHull(points: [.zero, .zero, .zero]),
    .convexHull(points: [.zero, .zero, .zero, .zero, .zero]),
    .convexHull(points: (0..<9).map { Vector(Double($0 % 3), Double($0 / 3), 2) }),
    .convexHull(points: (0..<9).map { Vector(2, Double($0 % 3), Double($0 / 3)) }),
    .convexHull(points: (0..<9).map { Vector(Double($0), 2 * Double($0), Double($0)) }),
    .convexHull(points: (0..<300).map { Vector(Double($0), 1 / Double($0 + 1), Double($0 % 7)) }),
    .convexHull(points: [.zero, Vector(1, 0, 0), Vector(0, 1, 0), Vector(0, 0, .nan)]),
  ]

  @Test("a shape that is not solid is refused", arguments: badShapes)
  func refusesShapes(shape: Shape) throws {
    var world = try BulletWorld(gravity: gravity)
    #expect(throws: BulletError.self) { try world.add(RigidBody(shape)) }
    #expect(throws: BulletError.self) {
      try world.addVehicle(shape, mass: 1, inertia: Vector(1, 1, 1))
    }
  }

  @Test("numbers that mean nothing are refused")
  func refusesNumbers() throws {
    var world = try BulletWorld(gravity: gravity)
    let ball = Shape.sphere(radius: 1)
    for bad in [-1, .nan, .infinity, 1e300] {
      #expect(throws: BulletError.self) { try world.add(RigidBody(ball, mass: bad)) }
      #expect(throws: BulletError.self) { try world.add(RigidBody(ball, friction: bad)) }
      #expect(throws: BulletError.self) { try world.add(RigidBody(ball, restitution: bad)) }
      #expect(throws: BulletError.self) {
        try world.addVehicle(ball, mass: bad, inertia: Vector(1, 1, 1))
      }
      #expect(throws: BulletError.self) {
        try world.addVehicle(ball, mass: 1, inertia: Vector(1, bad, 1))
      }
    }
    let inertia = Vector<Body, Double>(1, 1, 1)
    #expect(throws: BulletError.self) { try world.addVehicle(ball, mass: 0, inertia: inertia) }
    #expect(throws: BulletError.hollow) { try world.add(RigidBody(.plane, mass: 1)) }
    #expect(throws: BulletError.hollow) {
      try world.addVehicle(.plane, mass: 1, inertia: inertia)
    }
    #expect(throws: BulletError.self) { try world.add(RigidBody(ball, at: Pose(0, .nan, 0))) }
    let nowhere = Rotation<Body, World, Double>(x: 0, y: 0, z: 0, w: 0)
    #expect(throws: BulletError.self) {
      try world.add(RigidBody(ball, at: Pose(attitude: nowhere)))
    }
    #expect(throws: BulletError.self) { _ = try BulletWorld(gravity: Vector(0, 0, .nan)) }
  }

  @Test("an entry that is not finite takes no part, and does not spread")
  func badEntriesDoNotSpread() throws {
    for bad in [Double.nan, .infinity, 1e200, 1e308] {
      var flight = try Flight(obstacles: [ground])
      try flight.add(at: Pose(0, 0, 0.0125))
      try flight.add(at: Pose(0.05, 0, 0.0125))
      flight.vehicles[1].velocity.x = -bad
      let before = flight.bits[14...]
      flight.world.solve(step: dt, vehicles: &flight.vehicles)
      #expect(flight.bits[14...] == before)
      flight.vehicles[1].velocity.x = 0
      flight.vehicles[1].position.z = bad
      flight.vehicles[1].attitude.w = bad
      flight.step(times: 10)
      #expect(flight.vehicles[0].velocity.norm < 1e-6)
    }
  }

  @Test("a duration that is no duration solves nothing", arguments: [0, -1, .nan, .infinity])
  func badDurations(duration: Double) throws {
    var flight = try Flight(obstacles: [ground])
    try flight.add(at: Pose(0, 0, 0.01), velocity: Vector(0, 0, -1))
    let before = flight.bits
    flight.world.solve(step: duration, vehicles: &flight.vehicles)
    #expect(flight.bits == before)
  }

  @Test("a vehicle listed twice takes part once, and the floor may be far or thin or huge")
  func oddButSound() throws {
    let slab = RigidBody(.box(size: Vector(1e4, 1e4, 0.001)), at: Pose(0, 0, -0.0005))
    var flight = try Flight(obstacles: [slab])
    try flight.add(at: Pose(0, 0, 0.0125), velocity: Vector(0, 0, -1))
    flight.vehicles.append(flight.vehicles[0])
    flight.world.solve(step: dt, vehicles: &flight.vehicles)
    #expect(abs(flight.vehicles[0].velocity.z) < 1e-6)
    #expect(flight.vehicles[1].velocity.z == -1)
  }
}
