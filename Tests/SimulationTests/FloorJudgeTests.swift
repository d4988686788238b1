import Drone
import Geometry
import Randomness
import Simulation
import SpatialMath
import Testing

/// The floor's law in lanes, and the same world with Bullet to judge it.
struct FloorJudgeTests {
  /// What became of many landings.
  private struct Outcome {
    /// The mean energy after some steps. [J]
    var energies: [Double] = []
    /// How far drones came to slide, roll and tumble along the floor, on average. [m]
    var distance = 0.0
    /// The mean number of points that touched in a step. [–]
    var touches = 0.0
    /// Where drones came to, and how they lie.
    var states: [DroneState<Double>] = []
  }

  private static let count = 1000

  private func worlds(seed: UInt64) throws -> [WorldDescription] {
    var random = SplitMix64(seed: seed)
    return try (0..<Self.count).map { index in
      var model = try cf2x()
      model.collisionShape = ThrownDrone.shapes[index % ThrownDrone.shapes.count]
      model.friction = random.uniform(in: 0.1...1)
      model.mass *= random.uniform(in: 0.5...3)
      return WorldDescription(models: [model], states: [ThrownDrone.state(&random)])
    }
  }

  private func simulator(
    _ worlds: [WorldDescription], byBullet: Bool
  ) throws -> Simulator {
    var physics = FlightPhysics.accurate()
    physics.isFloorBullets = byBullet
    return try Simulator(worlds: worlds, physics: physics, frequency: 240)
  }

  private func outcome(_ worlds: [WorldDescription], byBullet: Bool) throws -> Outcome {
    var simulator = try simulator(worlds, byBullet: byBullet)
    var outcome = Outcome()
    for step in 1...960 {
      simulator.advance()
      for drone in worlds.indices {
        outcome.touches += Double(simulator.contactCount(of: drone)) / Double(960 * Self.count)
      }
      guard step % 60 == 0 else { continue }
      let energies = worlds.indices.map {
        ThrownDrone.energy(of: simulator.swarm[$0], worlds[$0].models[0])
      }
      outcome.energies.append(energies.reduce(0, +) / Double(Self.count))
    }
    for (drone, world) in worlds.enumerated() {
      let way = simulator.swarm[drone].position - world.states[0].position
      outcome.distance += (way.x * way.x + way.y * way.y).squareRoot() / Double(Self.count)
      outcome.states.append(simulator.swarm[drone])
    }
    return outcome
  }

  @Test("1,000 landings, slides, rolls and tumbles end alike, within 3 % on average")
  func landings() throws {
    let worlds = try worlds(seed: 11)
    let (ours, bullets) = try (
      outcome(worlds, byBullet: false), outcome(worlds, byBullet: true)
    )
    for (a, b) in zip(ours.energies, bullets.energies) { #expect(abs(a / b - 1) < 0.03) }
    #expect(abs(ours.distance / bullets.distance - 1) < 0.03)
    #expect(abs(ours.touches / bullets.touches - 1) < 0.03)
    // How high those that rest lie, on whichever side.
    func heights(_ outcome: Outcome, _ kind: Int) -> [Double] {
      let drones = stride(from: kind, to: Self.count, by: ThrownDrone.shapes.count)
      return drones.map { outcome.states[$0].position.z }.sorted()
    }
    for kind in ThrownDrone.shapes.indices {
      let (a, b) = (heights(ours, kind), heights(bullets, kind))
      // Of 200: a cylinder may come to lie flat in the one and stand on its edge in the other.
      let others = zip(a, b).count { abs($0 - $1) > 1e-4 }
      #expect(others <= 20, "\(ThrownDrone.shapes[kind])")
    }
  }

  /// Where several points press and slide, what each of them carries is not determined, and with it
  /// friction; elsewhere both find the same.
  @Test("from the same state both do the same in nearly all steps, and touch the same points")
  func steps() throws {
    let worlds = try worlds(seed: 12)
    var flown = try simulator(worlds, byBullet: false)
    var (touched, apart, otherwise, other) = (0, 0, 0, 0)
    for _ in 0..<8 {
      flown.advance(steps: 15)
      let now = worlds.indices.map { flown.swarm[$0] }
      let starts = zip(worlds, now).map {
        WorldDescription(models: $0.models, states: [$1])
      }
      var ours = try simulator(starts, byBullet: false)
      var bullets = try simulator(starts, byBullet: true)
      ours.advance()
      bullets.advance()
      for drone in worlds.indices {
        let (a, b) = (ours.swarm[drone], bullets.swarm[drone])
        let (m, n) = (ours.contactCount(of: drone), bullets.contactCount(of: drone))
        if m == 0, n == 0 { #expect(a == b) }
        guard m + n > 0 else { continue }
        touched += 1
        if (m == 0) != (n == 0) { otherwise += 1 }
        // Of the hull's corners some stand so close together that either may carry what both do.
        if m != n, drone % ThrownDrone.shapes.count != 4 { other += 1 }
        let gap = (a.velocity - b.velocity).norm + 0.05 * (a.bodyRates - b.bodyRates).norm
        if gap > 0.001 { apart += 1 }
      }
    }
    #expect(touched > 3000)
    #expect(otherwise <= touched * 2 / 1000)
    #expect(other <= touched / 100)
    #expect(apart <= touched * 5 / 100)
  }
}
