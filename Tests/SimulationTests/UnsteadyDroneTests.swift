import CAllocations
import Drone
import Randomness
import Simulation
import SpatialMath
import Testing
import Workers

/// Drones that noise shakes and that commands reach late, on every path through a step.
struct UnsteadyDroneTests {
  private static let worlds = 21

  private static func model(_ world: Int = 0) throws -> QuadcopterModel {
    var model = try IdentifiedModelTests.model(IdentifiedModelTests.constants)
    model.air.torqueNoise = Vector(4e-5, 4e-5, 1e-5)
    model.air.torqueNoiseTime = 0.2
    model.deadTime = Double(world % 5) * 0.003
    return model
  }

  private static func physics(_ precision: FlightPhysics.Precision) -> FlightPhysics {
    var physics = air()
    physics.precision = precision
    return physics
  }

  /// How worlds may be like.
  enum Kind: CaseIterable {
    /// One drone, which flies on its own.
    case alone
    /// One drone in gusts, stepped with all others.
    case gusty
    /// Drones that act on each other.
    case pair
  }

  private static func description(_ world: Int, _ kind: Kind) throws -> WorldDescription {
    var random = SplitMix64(seed: UInt64(world))
    let models = [try model(world), try model(world + 1)].prefix(kind == .pair ? 2 : 1)
    let states = models.indices.map { drone in
      var state = tumbling(&random, rate: 1)
      state.position = Vector(0, 0.1 * Double(drone), 0.3 + 0.2 * Double(world + drone))
      state.rotorSpeeds = PerRotor(repeating: 18_000)
      return state
    }
    let gusts = kind == .gusty ? [Gust(peak: Vector(1, 0, 0), start: 0, duration: 1)] : []
    return WorldDescription(
      models: Array(models), states: states, wind: Wind(mean: Vector(0.5, 0, 0), gusts: gusts),
      seed: UInt64(world))
  }

  private static func command(_ batch: inout WorldBatch, worlds: Range<Int>, stretch: Int) {
    for (place, world) in worlds.enumerated() {
      var random = SplitMix64(seed: UInt64(world)).stream(UInt64(stretch))
      for drone in 0..<batch.dronesPerWorld {
        let speeds = PerRotor(repeating: ()).map { random.uniform(in: 15_000...22_000) }
        batch.command(place * batch.dronesPerWorld + drone, rotorSpeeds: speeds)
      }
    }
  }

  private static func fly(
    _ kind: Kind, _ worlds: Range<Int>, _ precision: FlightPhysics.Precision = .double,
    stretches: Int = 15, threads: Int = 1
  ) throws -> [WorldSnapshot] {
    var batch = try WorldBatch(
      worlds: worlds.map { try description($0, kind) }, physics: physics(precision),
      frequency: 240, pool: ThreadPool(threads: threads))
    for stretch in 0..<stretches {
      command(&batch, worlds: worlds, stretch: stretch)
      batch.advance(steps: 7)
    }
    return worlds.indices.map { batch.snapshot(ofWorld: $0 - worlds.lowerBound) }
  }

  @Test("a world has the same bits alone and at any place of a batch", arguments: Kind.allCases)
  func batch(kind: Kind) throws {
    for precision in FlightPhysics.Precision.allCases {
      let together = try Self.fly(kind, 0..<Self.worlds, precision, threads: 2)
      for world in [0, 3, 4, 8, 20] {
        let alone = try Self.fly(kind, world..<world + 1, precision)
        // How many commands a world keeps is what the longest dead time of its batch asks for.
        #expect(alone[0][0] == together[world][0], "\(kind), \(precision), world \(world)")
      }
    }
  }

  @Test("half a second in single precision stays near double, shaken alike")
  func precision() throws {
    let exact = try Self.fly(.alone, 10..<Self.worlds)
    let rounded = try Self.fly(.alone, 10..<Self.worlds, .single)
    for (a, b) in zip(exact, rounded) {
      #expect(a[0] != b[0])
      #expect((a[0].position - b[0].position).norm < 2e-5)
      #expect((a[0].velocity - b[0].velocity).norm < 3e-4)
      #expect((a[0].bodyRates - b[0].bodyRates).norm < 3e-3)
    }
  }

  @Test("noise and late commands come back from a snapshot, and from its bytes, bit for bit")
  func snapshots() throws {
    for kind in Kind.allCases {
      var batch = try WorldBatch(
        worlds: (0..<3).map { try Self.description($0, kind) }, physics: Self.physics(.double),
        frequency: 240)
      for stretch in 0..<5 {
        Self.command(&batch, worlds: 0..<3, stretch: stretch)
        batch.advance(steps: 7)
      }
      Self.command(&batch, worlds: 0..<3, stretch: 5)
      let middle = batch.snapshot(ofWorld: 1)
      #expect(middle.drones[0].pastCommands.count == (kind == .pair ? 3 : 2))
      #expect(Set(middle.drones[0].pastCommands.map { $0[0] }).count == 1)
      batch.advance(steps: 7)
      let end = batch.snapshot(ofWorld: 1)
      #expect(end != middle)
      for saved in [middle, try WorldSnapshot(bytes: middle.bytes)] {
        try batch.restore(saved, toWorld: 1)
        #expect(batch.snapshot(ofWorld: 1) == middle)
        batch.advance(steps: 7)
        #expect(batch.snapshot(ofWorld: 1) == end, "\(kind)")
      }
    }
  }

  @Test("a snapshot of a calm world does not fit one that is shaken, nor the other way round")
  func foreign() throws {
    var shaken = try Simulator(
      worlds: [Self.description(0, .alone)], physics: Self.physics(.double), frequency: 240)
    var calm = try Simulator(
      worlds: [Self.description(0, .alone)], physics: .accurate(), frequency: 240)
    let (a, b) = (shaken.snapshot(), calm.snapshot())
    #expect(throws: SnapshotError.otherWorld) { try shaken.restore(b) }
    #expect(throws: SnapshotError.otherWorld) { try calm.restore(a) }
  }

  @Test("a reset world is as one made anew", arguments: Kind.allCases)
  func resets(kind: Kind) throws {
    let description = try Self.description(2, kind)
    var simulator = try Simulator(
      worlds: [description], physics: Self.physics(.double), frequency: 240)
    let fresh = simulator.snapshot()
    simulator.command(0, rotorSpeeds: PerRotor(repeating: 20_000))
    simulator.advance(steps: 30)
    #expect(simulator.snapshot() != fresh)
    simulator.reset(states: description.states)
    #expect(simulator.snapshot() == fresh)
  }

  @Test(
    "steps and resets take nothing from the heap",
    .enabled(if: allocations_are_counted(), "this build counts allocations"),
    arguments: Kind.allCases)
  func memory(kind: Kind) throws {
    let description = try Self.description(2, kind)
    var simulator = try Simulator(
      worlds: [description], physics: Self.physics(.double), frequency: 240)
    func fly() {
      for _ in 0..<10 {
        simulator.command(0, rotorSpeeds: PerRotor(repeating: 18_000))
        simulator.advance(steps: 8)
      }
      simulator.reset(states: description.states)
    }
    fly()
    let before = allocations_of_this_thread()
    fly()
    #expect(allocations_of_this_thread() == before)
  }
}
