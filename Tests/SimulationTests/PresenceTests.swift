import Drone
import Geometry
import Simulation
import SpatialMath
import Testing

/// Drones that leave their worlds before the others.
struct PresenceTests {
  /// Drones in pairs, one above the other over a box, that sink on weak rotors: small worlds, and such as list
  /// who is near whom.
  private func simulator(
    pairs: Int, in precision: FlightPhysics.Precision, lowerAside: Double = 0
  ) throws -> Simulator {
    let model = try cf2x()
    let states = (0..<2 * pairs).map { drone in
      let isLower = drone % 2 == 1
      return DroneState(
        position: Vector(
          0.3 * Double(drone / 2), isLower ? lowerAside : 0, isLower ? 0.25 : 0.32))
    }
    var simulator = try Simulator(
      models: Array(repeating: model, count: 2 * pairs), states: states,
      physics: air(in: precision),
      frequency: 240,
      obstacles: [
        RigidBody(.box(size: Vector(0.1, 0.1, 0.1)), at: Pose(position: Vector(0.3, 0, 0.05)))
      ])
    command(&simulator, model)
    return simulator
  }

  private func command(_ simulator: inout Simulator, _ model: QuadcopterModel) {
    let speeds = PerRotor(repeating: 0.9 * model.hoverRotorSpeed(gravity: 9.81))
    for drone in 0..<simulator.droneCount { simulator.command(drone, rotorSpeeds: speeds) }
  }

  private func states(_ simulator: borrowing Simulator, from first: Int) -> [DroneState<Double>] {
    stride(from: first, to: simulator.droneCount, by: 2).map { simulator.swarm[$0] }
  }

  @Test(
    "those that stay fly as if the others were far away, and those that left are where they were",
    arguments: [1, 2, 20], FlightPhysics.Precision.allCases)
  func leave(pairs: Int, precision: FlightPhysics.Precision) throws {
    var left = try simulator(pairs: pairs, in: precision)
    let before = states(left, from: 1)
    for drone in stride(from: 1, to: 2 * pairs, by: 2) { left.remove(drone) }
    var alone = try simulator(pairs: pairs, in: precision, lowerAside: 1000)
    var together = try simulator(pairs: pairs, in: precision)
    for _ in 0..<40 {
      for _ in 0..<2 {
        left.advance(steps: 6)
        alone.advance(steps: 6)
        together.advance(steps: 6)
      }
      #expect(states(left, from: 0) == states(alone, from: 0))
    }
    #expect(states(left, from: 1) == before)
    #expect(states(left, from: 0) != states(together, from: 0))
    #expect(left.swarm[0].position.z < 0.1 && left.contactCount(of: 1) == 0)
  }

  @Test(
    "a world that is reset has all its drones again", arguments: [2, 20],
    FlightPhysics.Precision.allCases)
  func comeBack(pairs: Int, precision: FlightPhysics.Precision) throws {
    var fresh = try simulator(pairs: pairs, in: precision)
    let start = (0..<2 * pairs).map { fresh.swarm[$0] }
    var simulator = try simulator(pairs: pairs, in: precision)
    for drone in [1, 2, 2 * pairs - 1] { simulator.remove(drone) }
    simulator.advance(steps: 100)
    simulator.reset(states: start)
    command(&simulator, try cf2x())
    for _ in 0..<20 {
      fresh.advance(steps: 10)
      simulator.advance(steps: 10)
      #expect(states(simulator, from: 0) == states(fresh, from: 0))
      #expect(states(simulator, from: 1) == states(fresh, from: 1))
    }
  }
}
