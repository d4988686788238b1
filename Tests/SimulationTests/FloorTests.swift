import Drone
import Geometry
import Randomness
import Simulation
import SpatialMath
import Testing
import Workers

/// What the floor does to drones that touch nothing else.
struct FloorTests {
  /// Physics without air, but with a floor, without and with Bullet to say what it does.
  private static var physics: FlightPhysics { .accurate() }

  /// Drones that differ in shape, weight, balance and friction, a world each.
  private func models(_ count: Int, seed: UInt64 = 1) throws -> [QuadcopterModel] {
    var random = SplitMix64(seed: seed)
    return try (0..<count).map { index in
      var model = try cf2x()
      model.collisionShape = ThrownDrone.shapes[index % ThrownDrone.shapes.count]
      model.collisionOffset = index % 3 == 0 ? Vector(0.01, -0.005, 0.002) : .zero
      model.friction = random.uniform(in: 0.1...1)
      model.mass *= random.uniform(in: 0.5...3)
      return model
    }
  }

  private func simulator(
    _ models: [QuadcopterModel], _ states: [DroneState<Double>],
    _ physics: FlightPhysics = Self.physics
  ) throws -> Simulator {
    try Simulator(
      worlds: zip(models, states).map { WorldDescription(models: [$0], states: [$1]) },
      physics: physics, frequency: 240)
  }

  /// Each step takes μ g dt of the speed before it moves the drone by what is left, which takes v dt / 2 from
  /// the way.
  @Test("what slides stops after v² / 2 μ g", arguments: [0.2, 0.5, 1])
  func slides(friction: Double) throws {
    var model = try cf2x()
    model.friction = friction
    for heading in [0, 0.3, 2] {
      let (sine, cosine) = heading.sineAndCosine()
      let start = DroneState<Double>(
        position: Vector(0, 0, 0.0125), velocity: Vector(cosine, sine, 0))
      var simulator = try simulator([model], [start])
      simulator.advance(steps: 480)
      let position = simulator.swarm[0].position
      let distance = (position.x * position.x + position.y * position.y).squareRoot()
      #expect(abs(distance - (0.5 / (friction * 9.81) - 0.5 / 240)) < 1e-4)
      #expect(simulator.swarm[0].velocity == .zero)
    }
  }

  /// Friction at the lowest point takes the sphere's speed and gives it spin until it rolls, with its momentum
  /// about that point kept: v (1 + 2/5) = v₀.
  @Test("a sphere that is thrown along the floor comes to roll at 5/7 of its speed")
  func rolls() throws {
    var model = try cf2x()
    let radius = 0.05
    model.collisionShape = .sphere(radius: radius)
    let moment = 0.4 * model.mass * radius * radius
    model.inertia = Vector(moment, moment, moment)
    let start = DroneState<Double>(position: Vector(0, 0, radius), velocity: Vector(0.7, 0, 0))
    var simulator = try simulator([model], [start])
    simulator.advance(steps: 240)
    let state = simulator.swarm[0]
    #expect(abs(state.velocity.x - 0.5) < 1e-4)
    #expect(abs(state.angularVelocity.y - state.velocity.x / radius) < 1e-3)
    #expect(simulator.contactCount(of: 0) == 1)
  }

  @Test("no landing adds energy, nor sinks deeper than by Bullet", arguments: [240.0, 1000])
  func isPassive(frequency: Double) throws {
    let models = try models(200)
    var random = SplitMix64(seed: 5)
    let states = models.map { _ in ThrownDrone.state(&random) }
    /// The lowest that any part of any drone comes to, in two seconds.
    func lowest(byBullet: Bool) throws -> Double {
      var physics = Self.physics
      physics.isFloorBullets = byBullet
      var simulator = try Simulator(
        worlds: zip(models, states).map { WorldDescription(models: [$0], states: [$1]) },
        physics: physics, frequency: frequency)
      var (touches, lowest) = (0, 1.0)
      let released = models.indices.map { ThrownDrone.energy(of: states[$0], models[$0]) }
      for _ in 0..<Int(2 * frequency) {
        simulator.advance()
        for (drone, model) in models.enumerated() {
          let state = simulator.swarm[drone]
          touches += simulator.contactCount(of: drone)
          #expect(ThrownDrone.energy(of: state, model) <= released[drone] * (1 + 1e-6))
          lowest = min(lowest, ThrownDrone.lowestPoint(of: state, model))
        }
      }
      #expect(touches > 10_000)
      return lowest
    }
    #expect(try lowest(byBullet: false) > lowest(byBullet: true) - 0.0005)
  }

  /// Drones six seconds after they were thrown.
  private func thrown(_ models: [QuadcopterModel]) throws -> Simulator {
    var random = SplitMix64(seed: 6)
    var simulator = try simulator(models, models.map { _ in ThrownDrone.state(&random) })
    simulator.advance(steps: 240 * 6)
    return simulator
  }

  @Test("what rests stays where it is for minutes, however it is balanced, to the last bit")
  func rests() throws {
    let models = try models(30)
    var simulator = try thrown(models)
    let resting = models.indices.filter { simulator.swarm[$0].velocity == .zero }
    // Spheres and capsules roll on.
    #expect(resting.count >= 18)
    let states = resting.map { simulator.swarm[$0] }
    for _ in 0..<120 { simulator.advance(steps: 240) }
    #expect(resting.map { simulator.swarm[$0] } == states)
    #expect(resting.allSatisfy { simulator.contactCount(of: $0) > 0 })
  }

  @Test(
    "whether what rests is skipped until the end of a call, nobody can tell",
    arguments: FlightPhysics.Precision.allCases)
  func rest(precision: FlightPhysics.Precision) throws {
    let models = try models(30)
    var physics = air()
    physics.precision = precision
    func landed(stepsAtOnce: Int) throws -> [DroneState<Double>] {
      var random = SplitMix64(seed: 6)
      var batch = try WorldBatch(
        worlds: models.map {
          WorldDescription(models: [$0], states: [ThrownDrone.state(&random)])
        }, physics: physics, frequency: 240)
      for _ in 0..<240 * 8 / stepsAtOnce { batch.advance(steps: stepsAtOnce) }
      return models.indices.map { batch[$0] }
    }
    // One step a call skips nothing.
    let watched = try landed(stepsAtOnce: 1)
    #expect(watched.count { $0.velocity == .zero } >= 10)
    #expect(try landed(stepsAtOnce: 8) == watched)
    #expect(try landed(stepsAtOnce: 240) == watched)
  }

  @Test("the points that touch are named, and carry the weight")
  func contacts() throws {
    let models = try models(30)
    var simulator = try thrown(models)
    let contacts = simulator.droneContacts()
    for (drone, model) in models.enumerated() where simulator.swarm[drone].velocity == .zero {
      let points = contacts.filter { $0.drone == drone }
      #expect(!points.isEmpty && points.count == simulator.contactCount(of: drone))
      #expect(points.allSatisfy { $0.other == .floor && $0.normal == Vector(0, 0, 1) })
      #expect(points.allSatisfy { $0.position.z == 0 && abs($0.depth) < 1e-6 })
      let weight = model.mass * 9.81 / 240
      #expect(abs(points.reduce(0) { $0 + $1.impulse } / weight - 1) < 1e-5)
    }
  }

  @Test(
    "drones of any models have the same bits alone and in any batch, on any number of threads",
    arguments: FlightPhysics.Precision.allCases)
  func isTheSameAnywhere(precision: FlightPhysics.Precision) throws {
    let models = try models(37)
    var random = SplitMix64(seed: 7)
    let states = models.map { _ in ThrownDrone.state(&random) }
    var physics = air()
    physics.precision = precision
    func flown(_ worlds: Range<Int>, threads: Int) throws -> [DroneState<Double>] {
      var batch = try WorldBatch(
        worlds: worlds.map { WorldDescription(models: [models[$0]], states: [states[$0]]) },
        physics: physics, frequency: 240, pool: ThreadPool(threads: threads))
      for _ in 0..<24 { batch.advance(steps: 10) }
      return worlds.indices.map { batch[$0 - worlds.lowerBound] }
    }
    let together = try flown(0..<37, threads: 1)
    #expect(try flown(0..<37, threads: 2) == together)
    for world in 0..<37 {
      #expect(try flown(world..<world + 1, threads: 1) == [together[world]], "world \(world)")
    }
    #expect(try flown(5..<37, threads: 1) == Array(together[5...]))
  }

  @Test("a world is put back in the middle of a landing, and goes on as it did")
  func putBack() throws {
    let models = try models(7)
    var random = SplitMix64(seed: 8)
    var simulator = try simulator(models, models.map { _ in ThrownDrone.state(&random) })
    simulator.advance(steps: 60)
    let middle = models.indices.map { simulator.snapshot(ofWorld: $0) }
    simulator.advance(steps: 60)
    let end = models.indices.map { simulator.swarm[$0] }
    for world in models.indices { try simulator.restore(middle[world], toWorld: world) }
    simulator.advance(steps: 60)
    #expect(models.indices.map { simulator.swarm[$0] } == end)
  }
}
