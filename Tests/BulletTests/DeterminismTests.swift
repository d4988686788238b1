import Bullet
import Geometry
import SpatialMath
import Testing

struct DeterminismTests {
  private static let obstacles = [
    ground, RigidBody(.cylinder(radius: 0.1, height: 0.3), at: Pose(0.2, 0, 0.15)),
    RigidBody(.box(size: Vector(0.2, 0.2, 0.2)), at: Pose(0, 0.1, 0.15, roll: 0.2), mass: 0.05),
  ]

  /// Drones that fall over a pillar, over each other, and over a dynamic box.
  private static func pile() throws -> Flight {
    var flight = try Flight(obstacles: obstacles)
    for i in 0..<5 {
      let angle = 0.3 * Double(i)
      try flight.add(
        at: Pose(0.03 * Double(i), 0.05, 0.35 + 0.05 * Double(i), roll: angle, pitch: -angle),
        velocity: Vector(0.5, 0, -1))
    }
    return flight
  }

  private static func bits(after steps: Int, reversed: Bool = false) throws -> [UInt64] {
    var flight = try pile()
    if reversed { flight.vehicles.reverse() }
    flight.step(times: steps)
    if reversed { flight.vehicles.reverse() }
    return flight.bits
  }

  @Test("the same flight twice is the same to the last bit, in whatever order it is listed")
  func repeats() throws {
    let once = try Self.bits(after: 300)
    #expect(try Self.bits(after: 300) == once)
    #expect(try Self.bits(after: 300, reversed: true) == once)
  }

  @Test("flights at once end as flights in turn")
  func threadsDoNotShow() async throws {
    let alone = try Self.bits(after: 200)
    let together = try await withThrowingTaskGroup(of: [UInt64].self) { group in
      for _ in 0..<8 { group.addTask { try Self.bits(after: 200) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(together.allSatisfy { $0 == alone })
  }

  @Test("a world that is put back in mid-contact goes on as before, whatever it did meanwhile")
  func hasNoMemory() throws {
    var flight = try Self.pile()
    let box = flight.obstacles[2]
    flight.step(times: 60)
    let (vehicles, motion) = (flight.vehicles, flight.world.motion(of: box))
    #expect(vehicles.contains { $0.isTouched })
    flight.step(times: 100)
    let (bits, end) = (flight.bits, flight.world.motion(of: box))

    flight.step(times: 1000)
    flight.vehicles = vehicles
    try flight.world.setMotion(motion, of: box)
    flight.step(times: 100)
    #expect(flight.bits == bits && flight.world.motion(of: box) == end)

    var other = try Self.pile()
    other.vehicles = vehicles
    try other.world.setMotion(motion, of: other.obstacles[2])
    other.step(times: 100)
    #expect(other.bits == bits && other.world.motion(of: other.obstacles[2]) == end)
  }
}
