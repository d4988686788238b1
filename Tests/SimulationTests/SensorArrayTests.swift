import CAllocations
import Drone
import Geometry
import Simulation
import SpatialMath
import Testing

/// Range finders among floor, obstacles and drones.
struct SensorArrayTests {
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

  private func down() -> NamedSensor { NamedSensor("range", Rangefinders.down()) }

  private func multiranger(_ range: ClosedRange<Double> = 0...(.infinity)) -> NamedSensor {
    NamedSensor("multiranger", Rangefinders.multiranger(range: range))
  }

  private func ring(_ count: Int) -> NamedSensor {
    NamedSensor("lidar", Rangefinders.ring(count))
  }

  private func measured(
    _ sensors: [[NamedSensor]], _ world: WorldDescription, physics: FlightPhysics = air(),
    after steps: Int = 0
  ) throws -> (columns: [String], readings: [Double]) {
    var simulator = try Simulator(worlds: [world], physics: physics, frequency: 240)
    var array = try SensorArray(sensors, in: world, gravity: 9.81)
    simulator.advance(steps: steps)
    array.measure(in: &simulator, at: Double(steps) / 240, every: 1.0 / 240)
    return (array.columns, array.readings)
  }

  @Test("see walls, plates, the floor and other drones, and never the drone that carries them")
  func sight() throws {
    let world = try room()
    let sensors = [down(), multiranger(0...4)]
    let found = try measured([sensors, []], world)
    #expect(
      found.columns
        == ["range_down", "range_front", "range_back", "range_left", "range_right", "range_up"])
    let outline = try cf2x().collisionShape
    guard case .cylinder(let radius, _) = outline else { throw Unexpected() }
    let expected = [1, 2, .nan, 1 - radius, .nan, 1.5]
    for (distance, expected) in zip(found.readings, expected) {
      #expect(expected.isNaN ? distance.isNaN : abs(distance - expected) < 1e-5)
    }
    #expect(
      found.readings[6...].count { !$0.isNaN } == 0, "a drone without range finders measures")
  }

  private struct Unexpected: Error {}

  @Test("measure without contacts what they measure with them")
  func withoutContacts() throws {
    let sensors = [[multiranger()], [ring(5)]]
    let (there, here) = (
      try measured(sensors, room()),
      try measured(sensors, room(), physics: .accurate(dynamics: .explicit))
    )
    #expect(there.columns == here.columns)
    for (a, b) in zip(there.readings, here.readings) { #expect(a == b || a.isNaN && b.isNaN) }
  }

  @Test("rings of several sizes share their columns, the first ray ahead, the next to the left")
  func rings() throws {
    let found = try measured([[ring(4)], [ring(8)]], room())
    #expect(found.columns == (0..<8).map { "lidar_\($0)" })
    #expect(abs(found.readings[0] - 2) < 1e-5)
    #expect(found.readings[1] < 1 && found.readings[4...7].count { !$0.isNaN } == 0)
    // The other drone has its fellow to the right, which is ray 6 of 8.
    #expect(abs(found.readings[8 + 6] - found.readings[1]) < 1e-6)
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
    var array = try SensorArray([[multiranger()], []], in: world, gravity: 9.81)
    simulator.advance(steps: 12)
    array.measure(in: &simulator, at: 0.05, every: 0.05)
    let (front, right) = (array.readings[0], array.readings[3])
    #expect(front > 0.9 && front < 1, "it looks at the other drone")
    // Where contacts were last asked, a step before the end.
    #expect(abs(right - 2.5) < 1.01 / 24, "the wall has gone half of its way")
  }

  @Test("a drone that is nowhere measures nothing, and is not seen")
  func nowhere() throws {
    var world = try room()
    world.states[1].position = Vector(.nan, 0, 1)
    let found = try measured(
      [[multiranger()], [multiranger()]], world, physics: .accurate(dynamics: .explicit))
    #expect(found.readings[2].isNaN && found.readings[5...].count { !$0.isNaN } == 0)
    #expect(abs(found.readings[0] - 2) < 1e-5)
  }

  @Test("what is nearer than the least distance is not looked through")
  func tooNear() throws {
    let found = try measured([[multiranger(2.5...(.infinity))], []], room())
    #expect(found.readings.count { !$0.isNaN } == 0)
  }

  @Test(
    "measuring takes nothing from the heap",
    .enabled(if: allocations_are_counted(), "this build counts allocations"))
  func allocations() throws {
    let world = try room()
    var simulator = try Simulator(worlds: [world], physics: air(), frequency: 240)
    let sensors = [down(), multiranger(), ring(36)]
    var array = try SensorArray([sensors, sensors], in: world, gravity: 9.81)
    for step in 1...240 {
      simulator.advance()
      array.measure(in: &simulator, at: Double(step) / 240, every: 1.0 / 240)
    }
    let before = allocations_of_this_thread()
    for step in 241...340 {
      simulator.advance()
      array.measure(in: &simulator, at: Double(step) / 240, every: 1.0 / 240)
    }
    #expect(allocations_of_this_thread() == before)
  }
}
