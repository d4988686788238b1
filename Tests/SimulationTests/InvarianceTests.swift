import Drone
import Parameters
import Randomness
import Simulation
import SpatialMath
import Testing

/// What must not matter: where the origin is, which way is north, who stands where in the list.
struct InvarianceTests {
  private static let effects = EffectCatalogue.standard.entries

  private func physics(_ preset: PhysicsPreset) -> FlightPhysics {
    let effects = Self.effects.map { $0.effect(preset) }
    return preset == .gpd
      ? .gpd(dynamics: .bullet, effects: effects)
      : .accurate(dynamics: .bullet, effects: effects)
  }

  private func start(_ random: inout SplitMix64, _ drone: Int) -> DroneState<Double> {
    var state = tumbling(&random, rate: 2)
    state.position = Vector(
      0.5 * Double(drone % 4), 0.5 * Double(drone / 4), 20 + random.uniform(in: 0...2))
    return state
  }

  private func fly(
    _ states: [DroneState<Double>], _ physics: FlightPhysics, speeds: [PerRotor<Double>],
    steps: Int = 120
  ) throws -> [DroneState<Double>] {
    let model = try cf2x()
    var simulator = try Simulator(
      models: states.map { _ in model }, states: states, physics: physics, frequency: 240)
    for (drone, speeds) in speeds.enumerated() {
      simulator.command(drone, rotorSpeeds: speeds)
    }
    simulator.advance(steps: steps)
    return states.indices.map { simulator.swarm[$0] }
  }

  private func speeds(_ random: inout SplitMix64) -> PerRotor<Double> {
    PerRotor(repeating: ()).map { random.uniform(in: 12_000...17_000) }
  }

  @Test(
    "one drone alone and the same drone as the 7th of a batch, bit for bit",
    arguments: PhysicsPreset.allCases, FlightPhysics.Precision.allCases)
  func aloneAndInABatch(preset: PhysicsPreset, precision: FlightPhysics.Precision) throws {
    var random = SplitMix64(seed: 3)
    var physics = physics(preset)
    // Drones far apart act on each other by nothing, but by downwash's reach of 10 m.
    var states = (0..<20).map { _ in tumbling(&random, rate: 5) }
    for drone in states.indices { states[drone].position = Vector(50 * Double(drone), 0, 20) }
    let speeds = states.map { _ in self.speeds(&random) }
    physics.dynamics = .explicit
    physics.precision = precision
    let together = try fly(states, physics, speeds: speeds)
    for drone in [0, 6, 7, 8, 19] {
      let alone = try fly([states[drone]], physics, speeds: [speeds[drone]])[0]
      #expect(alone == together[drone], "drone \(drone)")
    }
  }

  @Test("moving all drones aside moves the flight aside", arguments: PhysicsPreset.allCases)
  func translation(preset: PhysicsPreset) throws {
    var random = SplitMix64(seed: 4)
    let states = (0..<6).map { start(&random, $0) }
    let speeds = states.map { _ in self.speeds(&random) }
    let shift = Vector<World, Double>(16, -8, 0)
    let moved = states.map { state in
      var state = state
      state.position += shift
      return state
    }
    let physics = physics(preset)
    let (a, b) = (
      try fly(states, physics, speeds: speeds), try fly(moved, physics, speeds: speeds)
    )
    for (one, other) in zip(a, b) {
      #expect((other.position - one.position - shift).norm < 1e-10)
      #expect((other.velocity - one.velocity).norm < 1e-10)
    }
  }

  /// Not so for `gpd`, whose drag has different coefficients along the world's axes only in z: it
  /// holds there too, since x and y share one.
  @Test("turning all drones about z turns the flight", arguments: PhysicsPreset.allCases)
  func yaw(preset: PhysicsPreset) throws {
    var random = SplitMix64(seed: 5)
    let states = (0..<6).map { start(&random, $0) }
    let speeds = states.map { _ in self.speeds(&random) }
    let turn = Rotation<World, World, Double>(rotationVector: Vector(0, 0, 1.2))
    let turned = states.map { state in
      var state = state
      state.position = turn(state.position)
      state.velocity = turn(state.velocity)
      state.attitude = turn.after(state.attitude)
      return state
    }
    let physics = physics(preset)
    let (a, b) = (
      try fly(states, physics, speeds: speeds), try fly(turned, physics, speeds: speeds)
    )
    for (one, other) in zip(a, b) {
      #expect((other.position - turn(one.position)).norm < 1e-9)
      #expect((other.velocity - turn(one.velocity)).norm < 1e-9)
      #expect((other.bodyRates - one.bodyRates).norm < 1e-9)
    }
  }

  @Test("the order of the drones does not matter", arguments: PhysicsPreset.allCases)
  func order(preset: PhysicsPreset) throws {
    var random = SplitMix64(seed: 6)
    let states = (0..<11).map { start(&random, $0) }
    let speeds = states.map { _ in self.speeds(&random) }
    let physics = physics(preset)
    let forward = try fly(states, physics, speeds: speeds)
    let backward = try fly(states.reversed(), physics, speeds: speeds.reversed())
    for drone in states.indices {
      let (one, other) = (forward[drone], backward[states.count - 1 - drone])
      #expect((one.position - other.position).norm < 1e-10)
      #expect((one.bodyRates - other.bodyRates).norm < 1e-9)
    }
  }

  @Test(
    "the same flight twice has the same bits, whatever ran between",
    arguments: PhysicsPreset.allCases)
  func repeats(preset: PhysicsPreset) throws {
    var random = SplitMix64(seed: 7)
    let states = (0..<9).map { start(&random, $0) }
    let speeds = states.map { _ in self.speeds(&random) }
    let physics = physics(preset)
    let first = try fly(states, physics, speeds: speeds)
    _ = try fly(states.reversed(), physics, speeds: speeds)
    #expect(try fly(states, physics, speeds: speeds) == first)
  }
}
