import Configuration
import Drone
import Foundation
import Geometry
import Randomness
import Recording
import Scenario
import Simulation
import SpatialMath
import Testing
import Workers

/// The same world has the same bits, whatever else goes on.
struct DeterminismTests {
  private func simulator(
    _ scene: Scene, seed: UInt64 = 1, _ physics: FlightPhysics = air()
  ) throws -> Simulator {
    try Simulator(worlds: [scene.world(seed: seed)], physics: physics, frequency: 240)
  }

  private func flight(
    _ scene: Scene, seed: UInt64 = 1, in precision: FlightPhysics.Precision = .double
  ) throws -> Trace {
    var simulator = try simulator(scene, seed: seed, air(in: precision))
    return fly(&simulator, seed: seed, steps: 240)
  }

  @Test(
    "the same seed twice, with something touched", arguments: Scene.allCases,
    FlightPhysics.Precision.allCases)
  func twice(scene: Scene, precision: FlightPhysics.Precision) throws {
    let first = try flight(scene, in: precision)
    #expect(first.contacts > 0)
    #expect(try flight(scene, in: precision) == first)
    #expect(try flight(scene, seed: 2, in: precision) != first)
  }

  @Test("single precision has other bits than double", arguments: Scene.allCases)
  func precisionsDiffer(scene: Scene) throws {
    #expect(try flight(scene, in: .single) != flight(scene, in: .double))
  }

  @Test(
    "Bullet asked always, or of what is within reach alone: the same bits, even in contact",
    arguments: 0..<200 as Range<UInt64>, FlightPhysics.Precision.allCases)
  func reachDoesNotShow(seed: UInt64, precision: FlightPhysics.Precision) throws {
    let scene = Scene.allCases[Int(seed) % Scene.allCases.count]
    var always = air(seed % 3 == 0 ? .gpd : .accurate, in: precision)
    let usual = always
    always.isBulletAlwaysAsked = true
    var a = try simulator(scene, seed: seed, usual)
    var b = try simulator(scene, seed: seed, always)
    #expect(fly(&a, seed: seed, steps: 120) == fly(&b, seed: seed, steps: 120))
  }

  @Test("so over all examples")
  func examples() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Examples")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") }
    #expect(!files.isEmpty)
    for file in files {
      let path = folder.appendingPathComponent(file).path
      var specification = try FlightSpecification(contentsOf: path)
      specification.duration = min(specification.duration, 3)
      try compare(specification)
    }
  }

  /// Replays the rotor speeds of a flight with Bullet asked always and within reach.
  private func compare(_ specification: FlightSpecification) throws {
    let world = WorldDescription(
      models: specification.drones.map(\.model), states: specification.drones.map(\.start),
      floor: specification.world.floor, obstacles: specification.world.obstacles)
    var always = air(specification.physics.preset)
    let usual = always
    always.isBulletAlwaysAsked = true
    var flight = try Flight(specification)
    var a = try Simulator(
      worlds: [world], physics: usual, frequency: specification.rates.physics)
    var b = try Simulator(
      worlds: [world], physics: always, frequency: specification.rates.physics)
    var (first, second) = (Trace(), Trace())
    while !flight.isFinished {
      _ = flight.advance()
      for (drone, sample) in flight.instant.enumerated() {
        let speeds = sample.rotorSpeeds
        let command = PerRotor(speeds[0], speeds[1], speeds[2], speeds[3])
        a.command(drone, rotorSpeeds: command)
        b.command(drone, rotorSpeeds: command)
      }
      a.advance(steps: 5)
      b.advance(steps: 5)
      for drone in flight.instant.indices {
        first.add(a.swarm[drone])
        second.add(b.swarm[drone])
      }
    }
    #expect(first == second, "\(specification.name)")
  }

  @Test("after a thousand other episodes and a reset", arguments: Scene.allCases)
  func afterOthers(scene: Scene) throws {
    var simulator = try simulator(scene)
    let fresh = simulator.snapshot()
    let first = fly(&simulator, seed: 1, steps: 120)
    for episode in 2..<1002 as Range<UInt64> {
      try simulator.reset(states: scene.world(seed: episode).states)
      fly(&simulator, seed: episode, steps: 10)
    }
    try simulator.reset(states: scene.world(seed: 1).states)
    #expect(simulator.snapshot() == fresh)
    #expect(fly(&simulator, seed: 1, steps: 120) == first)
  }

  @Test(
    "after being put back in the middle of a contact, from bytes too", arguments: Scene.allCases,
    FlightPhysics.Precision.allCases)
  func putBack(scene: Scene, precision: FlightPhysics.Precision) throws {
    var simulator = try simulator(scene, air(in: precision))
    var steps = 0
    repeat {
      fly(&simulator, seed: 1, from: steps, steps: 1)
      steps += 1
    } while simulator.swarm.drones(ofWorld: 0).allSatisfy { simulator.contactCount(of: $0) == 0 }
    let middle = simulator.snapshot()
    let end = fly(&simulator, seed: 1, from: steps, steps: 120)
    let last = simulator.snapshot()

    try simulator.restore(middle)
    #expect(simulator.snapshot() == middle)
    #expect(fly(&simulator, seed: 1, from: steps, steps: 120) == end)
    #expect(simulator.snapshot() == last)

    var other = try self.simulator(scene, seed: 9, air(in: precision))
    fly(&other, seed: 9, steps: 77)
    try other.restore(WorldSnapshot(bytes: middle.bytes))
    #expect(fly(&other, seed: 1, from: steps, steps: 120) == end)
    #expect(other.snapshot() == last)
  }

  @Test("whether snapshots are taken on the way or not", arguments: Scene.allCases)
  func watched(scene: Scene) throws {
    var watched = try simulator(scene)
    var trace = Trace()
    for step in 0..<240 {
      let part = fly(&watched, seed: 1, from: step, steps: 1)
      trace.contacts += part.contacts
      for drone in 0..<Scene.droneCount { trace.add(watched.swarm[drone]) }
      _ = watched.snapshot().bytes
    }
    #expect(try flight(scene) == trace)
    #expect(trace.contacts > 0)
    #expect(try flight(scene, seed: 2) != trace)
  }

  @Test(
    "alone or as any world of a batch, on one thread or two", arguments: [1, 2],
    FlightPhysics.Precision.allCases)
  func inABatch(threads: Int, precision: FlightPhysics.Precision) throws {
    let physics = air(in: precision)
    let (worldCount, steps) = (40, 96)
    let worlds = try (0..<worldCount).map {
      try Scene.allCases[$0 % Scene.allCases.count].world(seed: UInt64($0))
    }
    var batch = try WorldBatch(
      worlds: worlds, physics: physics, frequency: 240, pool: ThreadPool(threads: threads))
    #expect(batch.blockCount > 1 && batch.worldsPerBlock > 1)
    for step in stride(from: 0, to: steps, by: 5) {
      batch.forEachBlock { worlds, simulator in
        for world in worlds {
          command(
            &simulator, world: world - worlds.lowerBound, seed: UInt64(world), step: step)
        }
      }
      batch.advance(steps: min(5, steps - step))
    }
    var contacts = 0
    for (index, world) in worlds.enumerated() {
      var alone = try Simulator(worlds: [world], physics: physics, frequency: 240)
      contacts += fly(&alone, seed: UInt64(index), steps: steps).contacts
      #expect(batch.snapshot(ofWorld: index) == alone.snapshot(), "world \(index)")
    }
    #expect(contacts > 100)
  }

  @Test(
    "a world that turns to nonsense keeps it to itself",
    arguments: FlightPhysics.Precision.allCases)
  func nonsenseStays(precision: FlightPhysics.Precision) throws {
    let physics = air(in: precision)
    let worlds = try (0..<12).map { try Scene.pile.world(seed: UInt64($0)) }
    var sound = try WorldBatch(worlds: worlds, physics: physics, frequency: 240)
    var sick = try WorldBatch(worlds: worlds, physics: physics, frequency: 240)
    sick.command(5 * Scene.droneCount + 2, rotorSpeeds: PerRotor(repeating: .nan))
    sound.advance(steps: 200)
    sick.advance(steps: 200)
    for world in worlds.indices {
      #expect(sick.faults(ofWorld: world) == (world == 5 ? .nonFinite : []))
      if world != 5 { #expect(sick.snapshot(ofWorld: world) == sound.snapshot(ofWorld: world)) }
    }
    sick.reset(world: 5, states: worlds[5].states)
    #expect(sick.faults(ofWorld: 5).isEmpty)
    sick.advance(steps: 200)
    #expect(sick.snapshot(ofWorld: 5) == sound.snapshot(ofWorld: 5))
  }
}
