import Drone
import Parameters
import Simulation
import SpatialMath
import Testing

/// Drones alone in their worlds, in single precision and in double.
struct PrecisionTests {
  /// Flies worlds that differ in where their drones start and in their commands; two of three sink.
  private func fly(
    _ precision: FlightPhysics.Precision, worlds: Range<Int>, steps: Int
  ) throws -> [DroneState<Double>] {
    let model = try ModelCatalogue.standard.model(named: "cf2x")
    var physics = FlightPhysics.accurate(
      effects: EffectCatalogue.standard.entries.map { $0.effect(.accurate) })
    physics.precision = precision
    var batch = try WorldBatch(
      worlds: worlds.map { world in
        let state = DroneState<Double>(position: Vector(0, 0, 0.3 + 0.1 * Double(world)))
        return WorldDescription(models: [model], states: [state])
      }, physics: physics, frequency: 240)
    let hover = model.hoverRotorSpeed(gravity: 9.81)
    for (drone, world) in worlds.enumerated() {
      let (less, more) = (1 - 0.02 * Double(world % 3), 1 + 0.002 * Double(world % 7))
      let speed = less * hover
      batch.command(
        drone, rotorSpeeds: PerRotor(more * speed, speed, more * speed, speed))
    }
    for _ in 0..<steps / 8 { batch.advance(steps: 8) }
    return worlds.indices.map { batch[$0 - worlds.lowerBound] }
  }

  @Test("half a second of flight in single precision stays within 10 µm and 0.1 mm/s of double")
  func error() throws {
    let exact = try fly(.double, worlds: 0..<21, steps: 120)
    let rounded = try fly(.single, worlds: 0..<21, steps: 120)
    #expect(exact != rounded)
    for (a, b) in zip(exact, rounded) {
      #expect((a.position - b.position).norm < 1e-5)
      #expect((a.velocity - b.velocity).norm < 1e-4)
      #expect((a.bodyRates - b.bodyRates).norm < 1e-3)
    }
  }

  @Test("a world has the same bits alone and at any place of a batch, on the floor too")
  func isTheSameAnywhere() throws {
    let together = try fly(.single, worlds: 0..<21, steps: 480)
    #expect(together.contains { $0.position.z < 0.05 })
    #expect(together.contains { $0.position.z > 0.05 })
    for world in [0, 3, 4, 7, 8, 20] {
      #expect(try fly(.single, worlds: world..<world + 1, steps: 480) == [together[world]])
    }
  }
}
