import Drone
import Simulation
import SpatialMath
import Testing

/// Drones that are not looked at while they stay in their spheres, and meet nevertheless.
@Suite("Drones in their separation spheres")
struct SeparationSpheresTests {
  private static let (worldCount, dronesPerWorld) = (16, 5)

  /// Worlds high up in which two drones fly at each other, faster from world to world, and the others
  /// stay where they are; in the last the two pass each other.
  private func worlds() throws -> [WorldDescription] {
    let model = try cf2x()
    return (0..<Self.worldCount).map { world in
      let states = (0..<Self.dronesPerWorld).map { drone in
        var state = DroneState<Double>()
        state.position = Vector(0, 1.5 * Double(drone), 50)
        guard drone < 2 else { return state }
        let side = drone == 0 ? 1.0 : -1.0
        state.position.x = -side * (0.2 + 0.03 * Double(world))
        state.position.y = world == Self.worldCount - 1 ? 0.4 * Double(drone) : 0.003
        state.velocity.x = side * (0.4 + 0.2 * Double(world))
        return state
      }
      return WorldDescription(
        models: Array(repeating: model, count: Self.dronesPerWorld), states: states)
    }
  }

  private func flight(
    isBulletAlwaysAsked: Bool, in precision: FlightPhysics.Precision
  ) throws -> (trace: Trace, contacts: [Int]) {
    var physics = air(in: precision)
    physics.isBulletAlwaysAsked = isBulletAlwaysAsked
    var simulator = try Simulator(worlds: worlds(), physics: physics, frequency: 240)
    let hover = try cf2x().hoverRotorSpeed(gravity: physics.gravity)
    for drone in 0..<simulator.droneCount {
      simulator.command(drone, rotorSpeeds: PerRotor(repeating: hover))
    }
    var (trace, contacts) = (Trace(), Array(repeating: 0, count: Self.worldCount))
    for _ in 0..<240 {
      simulator.advance()
      for drone in 0..<simulator.droneCount {
        trace.add(simulator.swarm[drone])
        contacts[drone / Self.dronesPerWorld] += simulator.contactCount(of: drone)
      }
    }
    return (trace, contacts)
  }

  @Test(
    "they meet the same others, at the same time, as if all were always looked at",
    arguments: FlightPhysics.Precision.allCases)
  func spheresDoNotShow(precision: FlightPhysics.Precision) throws {
    let (usual, always) = try (
      flight(isBulletAlwaysAsked: false, in: precision),
      flight(isBulletAlwaysAsked: true, in: precision)
    )
    #expect(usual.trace == always.trace)
    #expect(usual.contacts == always.contacts)
    #expect(usual.contacts.dropLast().allSatisfy { $0 > 0 })
    #expect(usual.contacts.last == 0)
  }
}
