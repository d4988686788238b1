import Bullet
import Geometry
import SpatialMath
import Testing

/// Falls onto a floor, beside those that PyBullet recorded of the same body: there a Crazyflie comes
/// to rest at z = 0.013488 m, level within 0.002°, after four seconds from half a metre.
struct DropTests {
  static let floors = [
    ground, RigidBody(.box(size: Vector(4, 4, 1)), at: Pose(0, 0, -0.5), friction: 1),
  ]
  static let attitudes: [(roll: Double, pitch: Double, yaw: Double)] = [
    (0, 0, 0), (0.3, 0.2, 0.1), (1.2, 0.3, 0), (3, 0.1, 0),
  ]

  @Test("ends level, at the recorded height, and still", arguments: floors, attitudes)
  func restsWhereTheReferenceRests(
    floor: RigidBody, attitude: (roll: Double, pitch: Double, yaw: Double)
  ) throws {
    let start = Pose(0, 0, 0.5, roll: attitude.roll, pitch: attitude.pitch, yaw: attitude.yaw)
    var flight = try Flight(obstacles: [floor])
    try flight.add(at: start, marginOutside: true)
    flight.step(times: 960)
    let end = flight.vehicles[0]
    let tilt = RotationMatrix(end.attitude).zAxis
    #expect(abs(end.position.z - 0.013488) < 0.5e-3)
    #expect(abs(end.position.z - 0.0135) < 1e-9)
    #expect((tilt.x * tilt.x + tilt.y * tilt.y).squareRoot() < 1e-6)
    #expect(end.velocity.norm < 1e-6 && end.angularVelocity.norm < 1e-5)
    #expect(end.isTouched && end.contactCount >= 3)
  }

  @Test("nothing rises above the energy it was let go with", arguments: floors, attitudes)
  func energyDoesNotRise(
    floor: RigidBody, attitude: (roll: Double, pitch: Double, yaw: Double)
  ) throws {
    let start = Pose(0, 0, 0.5, roll: attitude.roll, pitch: attitude.pitch, yaw: attitude.yaw)
    for restitution in [0, 0.5, 1] {
      var floor = floor
      floor.restitution = 1
      var flight = try Flight(obstacles: [floor])
      try flight.add(
        at: start, velocity: Vector(1, 0.5, 0), angularVelocity: Vector(3, -8, 5),
        restitution: restitution)
      let released = flight.energy
      for _ in 0..<960 {
        flight.step()
        #expect(flight.energy <= released * (1 + 1e-6), "restitution \(restitution)")
      }
    }
  }

  @Test("nothing sinks into the floor", arguments: floors, attitudes)
  func staysAbove(
    floor: RigidBody, attitude: (roll: Double, pitch: Double, yaw: Double)
  ) throws {
    let start = Pose(0, 0, 0.5, roll: attitude.roll, pitch: attitude.pitch, yaw: attitude.yaw)
    var flight = try Flight(obstacles: [floor])
    try flight.add(at: start)
    for _ in 0..<480 {
      flight.step()
      // The thinnest that a Crazyflie can lie is 12.5 mm.
      #expect(flight.vehicles[0].position.z > 0.0125 - 2e-5)
    }
  }

  @Test("the margin lies outside only where it is asked to")
  func marginIsWhereItIsAskedFor() throws {
    for (marginOutside, height) in [(false, 0.0125), (true, 0.0135)] {
      for floor in Self.floors {
        var flight = try Flight(obstacles: [floor])
        try flight.add(at: Pose(0, 0, 0.02), marginOutside: marginOutside)
        flight.step(times: 240)
        #expect(abs(flight.vehicles[0].position.z - height) < 1e-9)
      }
    }
  }

  @Test("a sphere rests on its radius, a box on its half, a hull on its lowest point")
  func shapesAreExact() throws {
    let points: [Vector<Body, Double>] = [
      Vector(0.1, 0.1, -0.03), Vector(-0.1, 0.1, -0.03), Vector(-0.1, -0.1, -0.03),
      Vector(0.1, -0.1, -0.03), Vector(0, 0, 0.2),
    ]
    // The corners of a box, the middles of its edges and faces, and some of them twice.
    let lattice = (0..<36).map { i -> Vector<Body, Double> in
      let place = Vector<Body, Double>(
        Double(i % 3) - 1, Double(i / 3 % 3) - 1, Double(i / 9 % 3) - 1)
      return place.scaled(by: Vector(0.05, 0.04, 0.03))
    }
    let shapes: [(Shape, Double)] = [
      (.sphere(radius: 0.07), 0.07), (.box(size: Vector(0.1, 0.08, 0.06)), 0.03),
      (.convexHull(points: points), 0.03), (.convexHull(points: lattice), 0.03),
    ]
    for floor in Self.floors {
      for (shape, height) in shapes {
        var flight = try Flight(obstacles: [floor])
        try flight.add(shape, at: Pose(0, 0, height + 0.01))
        flight.step(times: 240)
        #expect(abs(flight.vehicles[0].position.z - height) < 1e-6, "\(shape)")
      }
    }
  }
}
