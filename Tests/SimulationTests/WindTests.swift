import Drone
import Simulation
import SpatialMath
import Testing

struct WindTests {
  private func fly(
    _ wind: Wind, drones: Int = 1, seed: UInt64 = 0, steps: Int = 2400,
    watch: (Int, borrowing Simulator) -> Void
  ) throws {
    var model = try cf2x()
    // Drag that carries it along with the air at once.
    model.air.linearDragXY = 0.5
    model.air.linearDragZ = 0.5
    let physics = FlightPhysics.accurate(dynamics: .explicit, effects: [RotorDrag()])
    var simulator = try Simulator(
      models: Array(repeating: model, count: drones),
      states: (0..<drones).map { DroneState(position: Vector(Double($0), 0, 50)) },
      physics: physics, frequency: 240, wind: wind, seed: seed)
    for drone in 0..<drones {
      simulator.command(
        drone, rotorSpeeds: PerRotor(repeating: model.hoverRotorSpeed(gravity: 9.81)))
    }
    for step in 0..<steps {
      simulator.advance()
      watch(step, simulator)
    }
  }

  @Test("a drone drifts with a steady wind")
  func drifts() throws {
    try fly(Wind(mean: Vector(2, -1, 0.5))) { step, simulator in
      guard step == 2399 else { return }
      #expect((simulator.swarm[0].velocity - Vector(2, -1, 0.5)).norm < 1e-6)
    }
  }

  @Test("a gust rises to its peak half way, and is gone at its end")
  func gust() {
    let wind = Wind(
      mean: Vector(1, 0, 0), gusts: [Gust(peak: Vector(0, 4, 0), start: 2, duration: 1)])
    #expect(wind.velocity(at: 1.999) == Vector(1, 0, 0))
    #expect((wind.velocity(at: 2.25) - Vector(1, 2, 0)).norm < 1e-12)
    #expect((wind.velocity(at: 2.5) - Vector(1, 4, 0)).norm < 1e-12)
    #expect(wind.velocity(at: 3) == Vector(1, 0, 0))
  }

  static let eddies = Wind(
    mean: Vector(0, 3, 0),
    turbulence: DrydenTurbulence(
      intensity: Vector(1, 2, 0.5), length: Vector(3, 2, 1), airspeed: 3))

  @Test("the same seed gives the same wind, whatever else flies; another seed gives another")
  func seeds() throws {
    func end(drones: Int, seed: UInt64) throws -> DroneState<Double> {
      var state = DroneState<Double>()
      try fly(Self.eddies, drones: drones, seed: seed, steps: 240) { _, simulator in
        state = simulator.swarm[0]
      }
      return state
    }
    let alone = try end(drones: 1, seed: 5)
    #expect(try end(drones: 11, seed: 5) == alone)
    #expect(try end(drones: 1, seed: 6) != alone)
  }

  @Test("drones meet eddies of their own, as strong as asked along, across and upwards")
  func intensities() throws {
    var sums = [Vector<World, Double>](repeating: .zero, count: 4)
    var product = 0.0
    let steps = 120_000
    try fly(Self.eddies, drones: 4, steps: steps) { _, simulator in
      let swarm = simulator.swarm
      for drone in 0..<4 {
        let eddy = swarm.stepValues[0].wind[lane: drone] - Vector(0, 3, 0)
        sums[drone] += eddy.scaled(by: eddy)
      }
      product += swarm.stepValues[0].wind[lane: 0].x * swarm.stepValues[0].wind[lane: 1].x
    }
    // The mean wind blows along y: u is y, and v is −x. 500 s are some 500 independent eddies each.
    let mean = (0.25 / Double(steps)) * sums.reduce(.zero) { $0 + $1 }
    #expect(abs(mean.y - 1) < 0.2 && abs(mean.x - 4) < 0.8 && abs(mean.z - 0.25) < 0.05)
    #expect(abs(product / Double(steps)) < 0.8)
  }

  @Test("lengths at 10 ft and 1,000 ft, by the standard's formula")
  func lengths() {
    let low = DrydenTurbulence(intensity: 1, height: 1, airspeed: 1)
    #expect(abs(low.length.z - 3.048) < 1e-12 && abs(low.length.x - 23.0548) < 1e-3)
    let high = DrydenTurbulence(intensity: 1, height: 5000, airspeed: 1)
    #expect(abs(high.length.z - 304.8) < 1e-12 && abs(high.length.x - 304.8) < 1e-9)
  }
}
