import Drone
import Parameters
import Simulation
import SpatialMath
import Testing
import Workers

/// Drones in single precision and in double, alone in their worlds and together.
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

  /// Flies worlds of several drones above each other, by commands that differ; the lowest sink.
  private func flyTogether(
    _ precision: FlightPhysics.Precision, drones: Int, worlds: Range<Int>, steps: Int,
    height: Double = 0.15, threads: Int = 1
  ) throws -> [DroneState<Double>] {
    let model = try cf2x()
    var batch = try WorldBatch(
      worlds: worlds.map { world in
        let states = (0..<drones).map { drone in
          let (column, level) = (Double(drone / 3), Double(drone % 3))
          return DroneState<Double>(
            position: Vector(
              0.4 * column + 0.03 * level, 0.01 * Double(world), height + 0.4 * level))
        }
        return WorldDescription(
          models: Array(repeating: model, count: drones), states: states,
          wind: Wind(mean: Vector(0.5, 0, 0)))
      }, physics: air(in: precision), frequency: 240, pool: ThreadPool(threads: threads))
    let hover = model.hoverRotorSpeed(gravity: 9.81)
    for drone in 0..<batch.droneCount {
      let world = worlds.lowerBound + drone / drones
      let place = drone % drones
      let share = place % 3 == 0 ? 0.9 : 1 + 0.002 * Double((world + place) % 7)
      let speed = share * hover
      batch.command(drone, rotorSpeeds: PerRotor(speed, 1.001 * speed, speed, 1.001 * speed))
    }
    for _ in 0..<steps / 8 { batch.advance(steps: 8) }
    return (0..<batch.droneCount).map { batch[$0] }
  }

  @Test(
    "and so does half a second of drones in each other's air, within 30 µm and 0.2 mm/s",
    arguments: [3, 10, 40])
  func errorTogether(drones: Int) throws {
    func flown(_ precision: FlightPhysics.Precision, drones: Int) throws -> [DroneState<Double>] {
      try flyTogether(precision, drones: drones, worlds: 0..<5, steps: 120, height: 1)
    }
    let (exact, rounded) = try (flown(.double, drones: drones), flown(.single, drones: drones))
    let alone = try flown(.double, drones: 1)
    #expect(exact != rounded && exact[0].velocity.z < alone[0].velocity.z - 0.001)
    for (a, b) in zip(exact, rounded) {
      #expect((a.position - b.position).norm < 3e-5)
      #expect((a.velocity - b.velocity).norm < 2e-4)
      #expect((a.bodyRates - b.bodyRates).norm < 2e-3)
    }
  }

  @Test(
    "worlds of several drones have the same bits alone, at any place of a batch, and on any number of threads",
    arguments: [2, 3, 5, 10, 40])
  func isTheSameAnywhereTogether(drones: Int) throws {
    let together = try flyTogether(.single, drones: drones, worlds: 0..<21, steps: 240)
    #expect(
      try flyTogether(.single, drones: drones, worlds: 0..<21, steps: 240, threads: 2) == together)
    for world in [0, 3, 4, 7, 20] {
      let alone = try flyTogether(.single, drones: drones, worlds: world..<world + 1, steps: 240)
      #expect(alone == Array(together[world * drones..<(world + 1) * drones]), "world \(world)")
    }
  }
}
