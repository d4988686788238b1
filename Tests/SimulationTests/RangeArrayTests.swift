import CAllocations
import Drone
import Geometry
import Simulation
import SpatialMath
import Testing

/// Range finders among floor, obstacles and drones.
struct RangeArrayTests {
  /// A drone 1 m up between a wall 2 m ahead and a drone 1 m to its left, under a plate 1.5 m above.
  private func room() throws -> WorldDescription {
    let model = try cf2x()
    return WorldDescription(
      models: [model, model],
      states: [Vector(0, 0, 1), Vector(0, 1, 1)].map { DroneState(position: $0) },
      obstacles: [
        RigidBody(.box(size: Vector(0.1, 4, 4)), at: Pose(position: Vector(2.05, 0, 2))),
        RigidBody(.box(size: Vector(1, 1, 0.2)), at: Pose(position: Vector(0, 0, 2.6))),
      ])
  }

  private func measured(
    _ decks: [[RangeDeck]], _ world: WorldDescription, physics: FlightPhysics = air(),
    after steps: Int = 0
  ) throws -> (columns: [String], distances: [Double]) {
    var simulator = try Simulator(worlds: [world], physics: physics, frequency: 240)
    var ranges = try RangeArray(decks, in: world)
    simulator.advance(steps: steps)
    ranges.measure(in: &simulator)
    return (ranges.columns, ranges.distances)
  }

  @Test("see walls, plates, the floor and other drones, and never the drone that carries them")
  func sight() throws {
    let world = try room()
    let decks: [RangeDeck] = [RangeDeck(.down), RangeDeck(.multiranger, errors: .init(maximum: 4))]
    let found = try measured([decks, []], world)
    #expect(
      found.columns
        == ["range_down", "range_front", "range_back", "range_left", "range_right", "range_up"])
    let outline = try cf2x().collisionShape
    guard case .cylinder(let radius, _) = outline else { throw Unexpected() }
    let expected = [1, 2, .nan, 1 - radius, .nan, 1.5]
    for (distance, expected) in zip(found.distances, expected) {
      #expect(expected.isNaN ? distance.isNaN : abs(distance - expected) < 1e-5)
    }
    #expect(
      found.distances[6...].count { !$0.isNaN } == 0, "a drone without range finders measures")
  }

  private struct Unexpected: Error {}

  @Test("measure without contacts what they measure with them")
  func withoutContacts() throws {
    let decks = [[RangeDeck(.multiranger)], [RangeDeck(.ring(5))]]
    let (there, here) = (
      try measured(decks, room()),
      try measured(decks, room(), physics: .accurate(dynamics: .explicit))
    )
    #expect(there.columns == here.columns)
    for (a, b) in zip(there.distances, here.distances) { #expect(a == b || a.isNaN && b.isNaN) }
  }

  @Test("rings of several sizes share their columns, the first ray ahead, the next to the left")
  func rings() throws {
    let found = try measured([[RangeDeck(.ring(4))], [RangeDeck(.ring(8))]], room())
    #expect(found.columns == (0..<8).map { "lidar_\($0)" })
    #expect(abs(found.distances[0] - 2) < 1e-5)
    #expect(found.distances[1] < 1 && found.distances[4...7].count { !$0.isNaN } == 0)
    // The other drone has its fellow to the right, which is ray 6 of 8.
    #expect(abs(found.distances[8 + 6] - found.distances[1]) < 1e-6)
  }

  @Test("follow obstacles that move and drones that turn")
  func motion() throws {
    var world = try room()
    let places = [2.05, 3.05].map { Pose<Double>(position: Vector($0, 0, 2)) }
    world.obstacles[0].motion = ScheduledMotion([
      .init(at: 0, places[0]), .init(at: 0.1, places[1]),
    ])
    world.states[0].attitude = Rotation(RollPitchYaw(roll: 0, pitch: 0, yaw: .pi / 2))
    var simulator = try Simulator(worlds: [world], physics: air(), frequency: 240)
    var ranges = try RangeArray([[RangeDeck(.multiranger)], []], in: world)
    simulator.advance(steps: 12)
    ranges.measure(in: &simulator)
    let (front, right) = (ranges.distances[0], ranges.distances[3])
    #expect(front > 0.9 && front < 1, "it looks at the other drone")
    // Where contacts were last asked, a step before the end.
    #expect(abs(right - 2.5) < 1.01 / 24, "the wall has gone half of its way")
  }

  @Test("a drone that is nowhere measures nothing, and is not seen")
  func nowhere() throws {
    var world = try room()
    world.states[1].position = Vector(.nan, 0, 1)
    let decks = [RangeDeck(.multiranger)]
    let found = try measured([decks, decks], world, physics: .accurate(dynamics: .explicit))
    #expect(found.distances[2].isNaN && found.distances[5...].count { !$0.isNaN } == 0)
    #expect(abs(found.distances[0] - 2) < 1e-5)
  }

  @Test("what is nearer than the least distance is not looked through")
  func tooNear() throws {
    let found = try measured(
      [[RangeDeck(.multiranger, errors: .init(minimum: 2.5))], []], room())
    #expect(found.distances.count { !$0.isNaN } == 0)
  }

  @Test(
    "measuring takes nothing from the heap",
    .enabled(if: allocations_are_counted(), "this build counts allocations"))
  func allocations() throws {
    let world = try room()
    var simulator = try Simulator(worlds: [world], physics: air(), frequency: 240)
    let decks = [RangeDeck(.down), RangeDeck(.multiranger), RangeDeck(.ring(36))]
    var ranges = try RangeArray([decks, decks], in: world)
    simulator.advance(steps: 240)
    ranges.measure(in: &simulator)
    let before = allocations_of_this_thread()
    for _ in 0..<100 {
      simulator.advance()
      ranges.measure(in: &simulator)
    }
    #expect(allocations_of_this_thread() == before)
  }
}
