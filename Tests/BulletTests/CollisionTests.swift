import Bullet
import Geometry
import SpatialMath
import Testing

struct CollisionTests {
  @Test("nothing passes a wall of 2 cm", arguments: [1.0, 5, 30, 100], [0.0, 0.4, 0.8, 1.5])
  func wallsHold(speed: Double, angle: Double) throws {
    let wall = RigidBody(.box(size: Vector(0.02, 2, 2)))
    for spin in [0, 30, 300.0] {
      for start in [-1.0, -1.03, -1.07] {
        var flight = try Flight(gravity: .zero, obstacles: [wall])
        try flight.add(
          at: Pose(start, 0.03, 0, roll: angle, pitch: angle),
          velocity: Vector(speed, 0, 0), angularVelocity: Vector(1, 2, spin))
        for _ in 0..<480 {
          flight.step()
          #expect(flight.vehicles[0].position.x < -0.01, "spin \(spin), from \(start)")
        }
      }
    }
  }

  @Test("a flat hit ends at the wall, a bounce at the share of the speed")
  func hitsAndBounces() throws {
    for (restitution, share) in [(0.0, 0.0), (0.5, -0.5), (1, -1)] {
      for speed in [0.5, 3, 30] {
        var flight = try Flight(
          gravity: .zero,
          obstacles: [RigidBody(.box(size: Vector(0.02, 2, 2)), restitution: 1)])
        try flight.add(
          .box(size: Vector(0.05, 0.05, 0.05)), at: Pose(-1, 0, 0),
          velocity: Vector(speed, 0, 0), restitution: restitution)
        while !flight.vehicles[0].isTouched { flight.step() }
        flight.step(times: 2)
        let vehicle = flight.vehicles[0]
        #expect(abs(vehicle.velocity.x - share * speed) < 1e-6 * speed)
        #expect(vehicle.angularVelocity.norm < 1e-4 * speed)
        #expect(restitution > 0 || abs(vehicle.position.x + 0.035) < 1e-6)
        #expect(vehicle.position.x < -0.035 + 1e-6)
      }
    }
  }

  @Test("two vehicles that meet keep their momentum", arguments: [0.5, 3, 30])
  func momentumIsKept(speed: Double) throws {
    for offset in [0, 0.02, 0.05] {
      var flight = try Flight(gravity: .zero)
      try flight.add(at: Pose(-0.5, 0, 0, pitch: 0.2), velocity: Vector(speed, 0, 0))
      try flight.add(at: Pose(0.5, offset, 0.003), velocity: Vector(-speed, 0, 0.01 * speed))
      flight.step(times: Int(2 / (speed * dt)))
      let total = flight.vehicles[0].velocity + flight.vehicles[1].velocity
      #expect((total - Vector(0, 0, 0.01 * speed)).norm < 1e-9)
      #expect(flight.vehicles[0].velocity.x < 0.95 * speed, "they meet")
    }
  }

  @Test("a head-on hit of equals leaves both at rest, or exchanges their velocities")
  func equalsExchange() throws {
    for (restitution, share) in [(0.0, 0.0), (1, -1)] {
      var flight = try Flight(gravity: .zero)
      for side in [-1.0, 1] {
        try flight.add(
          .sphere(radius: 0.05), at: Pose(side, 0, 0), velocity: Vector(-3 * side, 0, 0),
          restitution: restitution)
      }
      flight.step(times: 120)
      #expect(abs(flight.vehicles[0].velocity.x - 3 * share) < 1e-9)
      #expect(abs(flight.vehicles[1].velocity.x + 3 * share) < 1e-9)
    }
  }

  @Test("bodies that start inside one another part gently")
  func overlapsPart() throws {
    var flight = try Flight(gravity: .zero, obstacles: [ground])
    try flight.add(at: Pose(0, 0, -0.2, roll: 0.5))
    try flight.add(at: Pose(1, 0, 1))
    try flight.add(at: Pose(1.02, 0, 1.001))
    for _ in 0..<480 {
      flight.step()
      #expect(flight.vehicles.allSatisfy { $0.velocity.norm < 1.01 })
    }
    #expect(flight.vehicles[0].position.z > 0.0125 - 1e-4)
    #expect((flight.vehicles[1].position - flight.vehicles[2].position).norm > 0.024)
  }

  @Test("contacts tell who met, where, and how hard")
  func contactsAreReported() throws {
    var flight = try Flight(obstacles: [])
    let below = try flight.world.add(ground)
    try flight.add(at: Pose(0.3, 0, 0.0125), velocity: Vector(0, 0, -1))
    var contacts: [Contact] = []
    flight.step()
    flight.world.readContacts(into: &contacts)
    let impulse = contacts.reduce(0) { $0 + $1.impulse }
    #expect(abs(impulse - Flight.mass * (1 + 9.8 * dt)) < 1e-9)
    #expect(contacts.count == Int(flight.vehicles[0].contactCount))
    for contact in contacts {
      #expect(contact.first == .vehicle(flight.vehicles[0].vehicle))
      #expect(contact.second == .body(below))
      #expect(contact.normal == Vector(0, 0, 1))
      #expect(abs(contact.depth) < 1e-12 && abs(contact.position.z) < 1e-12)
      #expect(abs((contact.position - Vector(0.3, 0, 0)).norm - 0.06) < 2e-3)
    }
  }
}
