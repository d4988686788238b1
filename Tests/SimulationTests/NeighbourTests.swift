import Drone
import Randomness
import Simulation
import SpatialMath
import Testing

struct NeighbourTests {
  /// Drones strewn over a square, in some worlds.
  private func strewn(
    _ count: Int, worlds: Int = 1, side: Double, seed: UInt64
  ) throws -> Simulator {
    var random = SplitMix64(seed: seed)
    let model = try cf2x()
    let descriptions = (0..<worlds).map { _ in
      WorldDescription(
        models: Array(repeating: model, count: count),
        states: (0..<count).map { _ in
          DroneState(
            position: Vector(
              random.uniform(in: 0...side), random.uniform(in: 0...side),
              random.uniform(in: 20...24)))
        })
    }
    return try Simulator(worlds: descriptions, physics: air(), frequency: 240)
  }

  /// A world that is restored into another makes its lists anew.
  @Test(
    "lists that are kept and lists that are made anew give the same downwash",
    arguments: FlightPhysics.Precision.allCases, [12, 60])
  func listsKeepUp(precision: FlightPhysics.Precision, count: Int) throws {
    var random = SplitMix64(seed: 9)
    let model = try cf2x()
    let side = 0.1 * Double(count)
    let states = (0..<count).map { _ in
      DroneState<Double>(
        position: Vector(
          random.uniform(in: 0...side), random.uniform(in: 0...side),
          random.uniform(in: 20...22)),
        velocity: Vector(
          random.uniform(in: -5...5), random.uniform(in: -5...5), random.uniform(in: -3...3)))
    }
    func world() throws -> Simulator {
      var simulator = try Simulator(
        models: Array(repeating: model, count: count), states: states,
        physics: air(in: precision), frequency: 240)
      let hover = PerRotor(repeating: model.hoverRotorSpeed(gravity: 9.81))
      for drone in 0..<count { simulator.command(drone, rotorSpeeds: hover) }
      return simulator
    }
    var kept = try world()
    for _ in 0..<24 {
      kept.advance(steps: 8)
      var fresh = try world()
      try fresh.restore(kept.snapshot())
      kept.advance(steps: 8)
      fresh.advance(steps: 8)
      #expect(kept.swarm.states == fresh.swarm.states)
    }
  }

  @Test("lists name those within the radius, in order, in their own world", arguments: 0..<20)
  func agreeWithAllPairs(seed: Int) throws {
    let (count, worlds) = (10 + 7 * seed, 1 + seed % 3)
    var simulator = try strewn(
      count, worlds: worlds, side: Double(1 + seed), seed: UInt64(seed))
    if seed == 4 { simulator.command(3, rotorSpeeds: PerRotor(repeating: .nan)) }
    simulator.advance()
    let swarm = simulator.swarm
    let radius = [0.1, 1.0, 3, 100][seed % 4]
    for distance in [NeighbourDistance.straight, .sideways] {
      var lists = NeighbourLists<DroneLanes>()
      lists.find(in: swarm.doubles, within: radius, distance: distance)
      for a in 0..<swarm.count {
        let near = (0..<swarm.count).filter { b in
          var gap = swarm[b].position - swarm[a].position
          if distance == .sideways { gap.z = 0 }
          let isSame = a / count == b / count
          let isSound = swarm[a].position.isFinite && swarm[b].position.isFinite
          return a != b && isSame && isSound && gap.norm <= radius
        }
        #expect(lists[a].map(Int.init) == near, "drone \(a)")
      }
    }
  }

  /// A world of 48 drones lists those near along the ground, a world of 32 all pairs; drones far away from all
  /// others change nothing else.
  @Test(
    "leaving out drones too far away to be felt changes no bit of the downwash",
    arguments: FlightPhysics.Precision.allCases)
  func downwashIsTheDirectSum(precision: FlightPhysics.Precision) throws {
    var random = SplitMix64(seed: 5)
    let model = try cf2x()
    for preset in PhysicsPreset.allCases {
      for side in [0.5, 2.0, 8] {
        let states = (0..<32).map { drone -> DroneState<Double> in
          DroneState(
            position: Vector(
              random.uniform(in: 0...side), random.uniform(in: 0...side),
              20 + 0.3 * Double(drone % 9)))
        }
        let strangers = (0..<16).map {
          DroneState<Double>(position: Vector(500 + 50 * Double($0), 0, 20))
        }
        let few = try thrust(states, model, air(preset, in: precision))
        let many = try thrust(states + strangers, model, air(preset, in: precision))
        #expect(few == Array(many.prefix(32)))
        #expect(Set(few.map(\.velocity.z)).count > 16, "some drone is felt")
      }
    }
  }

  private func thrust(
    _ states: [DroneState<Double>], _ model: QuadcopterModel, _ physics: FlightPhysics
  ) throws -> [DroneState<Double>] {
    var physics = physics
    physics.dynamics = .explicit
    var simulator = try Simulator(
      models: states.map { _ in model }, states: states, physics: physics, frequency: 240)
    for drone in states.indices {
      simulator.command(drone, rotorSpeeds: PerRotor(repeating: 14_000 + 10 * Double(drone % 32)))
    }
    simulator.advance(steps: 20)
    return states.indices.map { simulator.swarm[$0] }
  }
}
