import CAllocations
import Drone
import Geometry
import Randomness
import Simulation
import SpatialMath
import Testing

/// What steps and resets take from the heap.
@Suite(.serialized, .enabled(if: allocations_are_counted(), "this build counts allocations"))
struct MemoryTests {
  /// Drones of one world about a dynamic box: some in flight, some at rest, some in the air of others.
  private func busyWorld(drones: Int) throws -> WorldDescription {
    let model = try cf2x()
    let states = (0..<drones).map { drone -> DroneState<Double> in
      let (column, row) = (Double(drone % 8), Double(drone / 8))
      let height = drone % 2 == 0 ? 0.0125 : 1
      return DroneState(position: Vector(0.4 * column, 0.4 * row, height))
    }
    return WorldDescription(
      models: Array(repeating: model, count: drones), states: states,
      obstacles: [
        RigidBody(
          .box(size: Vector(0.2, 0.2, 0.2)), at: Pose(position: Vector(0, 0, 0.3)), mass: 0.1),
        RigidBody(.sphere(radius: 0.2), at: Pose(position: Vector(1, 1, 0.2))),
      ])
  }

  private func hover(_ simulator: inout Simulator) throws {
    let speed = try cf2x().hoverRotorSpeed(gravity: 9.81)
    for drone in 0..<simulator.droneCount where drone % 2 == 1 {
      simulator.command(drone, rotorSpeeds: PerRotor(repeating: speed))
    }
  }

  @Test(
    "a steady step takes nothing from the heap", arguments: [1, 10, 80],
    FlightPhysics.Precision.allCases)
  func steadySteps(drones: Int, precision: FlightPhysics.Precision) throws {
    var simulator = try Simulator(
      worlds: [busyWorld(drones: drones)], physics: air(in: precision), frequency: 240)
    try hover(&simulator)
    simulator.advance(steps: 240)
    let before = allocations_of_this_thread()
    simulator.advance(steps: 240)
    #expect(allocations_of_this_thread() == before)
  }

  @Test("a batch takes a call's worth from the heap at most, however many steps it makes")
  func batches() throws {
    var batch = try WorldBatch(
      worlds: Array(repeating: busyWorld(drones: 3), count: 60), physics: air(), frequency: 240)
    batch.advance(steps: 240)
    let before = allocations_of_this_thread()
    for _ in 0..<10 { batch.advance(steps: 24) }
    #expect(allocations_of_this_thread() - before <= 4 * 10)
  }

  @Test("a world takes 60 KB or less")
  func perWorld() throws {
    let world = try Scene.pile.world(seed: 1)
    let before = allocated_bytes()
    var batch = try WorldBatch(
      worlds: Array(repeating: world, count: 1024), physics: air(), frequency: 240)
    batch.advance(steps: 8)
    let bytes = Double(allocated_bytes()) - Double(before)
    #expect(bytes / 1024 < 60_000, "\(bytes / 1024) bytes a world")
    #expect(batch.worldCount == 1024)
  }

  @Test("100,000 resets and ten million steps take nothing from the heap")
  func flat() throws {
    let model = try cf2x()
    let states = (0..<64).map { world -> [DroneState<Double>] in
      let height = world % 8 == 0 ? 0.05 : 50
      return [DroneState(position: Vector(0, 0, height), bodyRates: Vector(1, 2, Double(world)))]
    }
    let worlds = states.map { WorldDescription(models: [model], states: $0) }
    var simulator = try Simulator(worlds: worlds, physics: air(), frequency: 240)
    func fly(rounds: Int) {
      for _ in 0..<rounds {
        for world in 0..<64 { simulator.reset(world: world, states: states[world]) }
        simulator.advance(steps: 100)
      }
    }
    fly(rounds: 2)
    let before = allocations_of_this_thread()
    fly(rounds: 1570)
    #expect(allocations_of_this_thread() == before)
  }
}
