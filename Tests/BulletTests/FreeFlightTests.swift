import Bullet
import Geometry
import SpatialMath
import Testing

struct FreeFlightTests {
  /// A pillar that reaches up through everything, its faces at ±0.1 m.
  static let pillar = RigidBody(.box(size: Vector(0.2, 0.2, 20)))

  @Test("a vehicle that nothing pushes comes back bit-identical")
  func untouchedIsUnchanged() throws {
    var flight = try Flight(obstacles: [ground, Self.pillar])
    // Minus zero and the smallest number do not survive a sum with zero, nor a rounding.
    try flight.add(
      at: Pose(1, 1, 0.02, roll: 0.1, yaw: 0.3), velocity: Vector(-0.0, .leastNonzeroMagnitude, 1),
      angularVelocity: Vector(0.1, -0.0, 1 / 3))
    let before = flight.bits
    flight.world.solve(step: dt, vehicles: &flight.vehicles)
    #expect(flight.bits == before)
    #expect(!flight.vehicles[0].isTouched)
  }

  @Test("an edge that is passed without touching is not felt", arguments: [1.0, 5, 30, 100])
  func passesBy(speed: Double) throws {
    // The vehicle, 6 cm wide, passes the pillar's face 1 mm away and crosses its corner on the way.
    for distance in [0.161, 0.17, 0.2] {
      for start in [-1.0, -1.01, -1.02, -1.04, -1.07] {
        var flight = try Flight(gravity: .zero, obstacles: [Self.pillar])
        try flight.add(
          at: Pose(start, distance, 0), velocity: Vector(speed, 0, 0),
          angularVelocity: Vector(0, 0, 7))
        flight.step(times: Int(2 / (speed * dt)) + 1)
        #expect(flight.vehicles[0].velocity == Vector(speed, 0, 0), "\(distance) m, from \(start)")
      }
    }
  }

  @Test("a vehicle beside a touched one is not felt, to the last bit")
  func islandsAreApart() throws {
    var alone = try Flight(obstacles: [ground])
    var together = try Flight(obstacles: [ground])
    try alone.add(at: Pose(0, 0, 0.05, roll: 0.3), angularVelocity: Vector(1, 2, 3))
    try together.add(at: Pose(0, 0, 0.05, roll: 0.3), angularVelocity: Vector(1, 2, 3))
    try together.add(at: Pose(1, 0, 0.04, pitch: 1), angularVelocity: Vector(3, -1, 3))
    for _ in 0..<240 {
      alone.step()
      together.step()
      #expect(alone.vehicles[0] == together.vehicles[0])
    }
  }

  @Test("a vehicle that is not listed is not there")
  func absentIsAbsent() throws {
    var flight = try Flight(gravity: .zero)
    try flight.add(at: Pose(0, 0, 0))
    try flight.add(at: Pose(0.01, 0, 0))
    var first = [flight.vehicles[0]]
    flight.world.solve(step: dt, vehicles: &first)
    #expect(first[0] == flight.vehicles[0])
    flight.world.solve(step: dt, vehicles: &flight.vehicles)
    #expect(flight.vehicles[0].isTouched && flight.vehicles[1].isTouched)
  }
}
