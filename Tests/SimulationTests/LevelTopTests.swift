import Drone
import Geometry
import Randomness
import Simulation
import SpatialMath
import Testing
import Workers

/// Drones on level tops of boxes, which are floors as long as nothing else of the box is near.
struct LevelTopTests {
  /// A box whose top is at some height. [m]
  private static func platform(width: Double, top: Double = 0, tilt: Double = 0) -> RigidBody {
    let attitude = Rotation<Body, World, Double>(RollPitchYaw(roll: tilt, pitch: 0, yaw: 0.4))
    return RigidBody(
      .box(size: Vector(width, width, 1)),
      at: Pose(position: Vector(0, 0, top - 0.5), attitude: attitude))
  }

  /// Worlds in which a drone each is thrown, as high above `top` as above the floor.
  private func worlds(
    _ count: Int, seed: UInt64, top: Double = 0, on platform: RigidBody?
  ) throws -> [WorldDescription] {
    var random = SplitMix64(seed: seed)
    return try (0..<count).map { index in
      var model = try cf2x()
      model.collisionShape = ThrownDrone.shapes[index % ThrownDrone.shapes.count]
      model.friction = random.uniform(in: 0.1...1)
      model.mass *= random.uniform(in: 0.5...3)
      var state = ThrownDrone.state(&random)
      state.position.z += top
      return WorldDescription(
        models: [model], states: [state], floor: platform == nil,
        obstacles: platform.map { [$0] } ?? [])
    }
  }

  private func simulator(
    _ worlds: [WorldDescription], byBullet: Bool = false,
    in precision: FlightPhysics.Precision = .double
  ) throws -> Simulator {
    var physics = FlightPhysics.accurate()
    (physics.isFloorBullets, physics.precision) = (byBullet, precision)
    return try Simulator(worlds: worlds, physics: physics, frequency: 240)
  }

  @Test(
    "a wide one at the height of the floor is the floor, to the last bit",
    arguments: FlightPhysics.Precision.allCases)
  func isAFloor(precision: FlightPhysics.Precision) throws {
    let count = 200
    var floor = try simulator(worlds(count, seed: 3, on: nil), in: precision)
    var top = try simulator(
      worlds(count, seed: 3, on: Self.platform(width: 40)), in: precision)
    var touches = 0
    for _ in 0..<480 {
      floor.advance()
      top.advance()
      for drone in 0..<count {
        #expect(floor.swarm[drone] == top.swarm[drone], "drone \(drone)")
        #expect(floor.contactCount(of: drone) == top.contactCount(of: drone))
        touches += top.contactCount(of: drone)
      }
    }
    #expect(touches > 10_000)
  }

  @Test("1,000 landings on one end as Bullet has it, within 3 % on average")
  func landings() throws {
    let worlds = try worlds(1000, seed: 11, top: 2, on: Self.platform(width: 40, top: 2))
    /// The energy after some steps, and the points that touched in a step, on average. [J, –]
    func outcome(byBullet: Bool) throws -> (energies: [Double], touches: Double) {
      var simulator = try simulator(worlds, byBullet: byBullet)
      var (energies, touches) = ([Double](), 0.0)
      for step in 1...720 {
        simulator.advance()
        for drone in worlds.indices { touches += Double(simulator.contactCount(of: drone)) }
        guard step % 60 == 0 else { continue }
        let all = worlds.indices.map { drone in
          var state = simulator.swarm[drone]
          state.position.z -= 2
          return ThrownDrone.energy(of: state, worlds[drone].models[0])
        }
        energies.append(all.reduce(0, +) / 1000)
      }
      return (energies, touches / 720_000)
    }
    let (ours, bullets) = try (outcome(byBullet: false), outcome(byBullet: true))
    for (a, b) in zip(ours.energies, bullets.energies) { #expect(abs(a / b - 1) < 0.03) }
    #expect(abs(ours.touches / bullets.touches - 1) < 0.03)
    #expect(ours.energies != bullets.energies && ours.touches > 1)
  }

  @Test("Bullet alone is asked at edges, and of tops that are not level", arguments: [true, false])
  func edges(isLevel: Bool) throws {
    let platform = Self.platform(width: isLevel ? 0.1 : 40, tilt: isLevel ? 0 : 0.01)
    var worlds = try worlds(100, seed: 4, on: platform)
    for world in worlds.indices {
      worlds[world].states[0].position.x = 0.001 * Double(world % 10)
      worlds[world].states[0].position.y = 0.004 * Double(world / 10)
      worlds[world].states[0].velocity = Vector(0, 0, -1)
    }
    var ours = try simulator(worlds)
    var bullets = try simulator(worlds, byBullet: true)
    var touches = 0
    for _ in 0..<240 {
      ours.advance()
      bullets.advance()
      for drone in worlds.indices {
        #expect(ours.swarm[drone] == bullets.swarm[drone], "drone \(drone)")
        touches += ours.contactCount(of: drone)
      }
    }
    #expect(touches > 200)
  }

  @Test("its points are named, and carry the weight", arguments: FlightPhysics.Precision.allCases)
  func contacts(precision: FlightPhysics.Precision) throws {
    let worlds = try worlds(30, seed: 6, top: 2, on: Self.platform(width: 40, top: 2))
    var simulator = try simulator(worlds, in: precision)
    simulator.advance(steps: 240 * 6)
    let contacts = simulator.droneContacts()
    // Rounded to seven digits a height of 2 m comes and goes by a quarter of a micrometre.
    let (speed, share) = precision == .single ? (2e-4, 5e-3) : (0, 1e-4)
    let resting = worlds.indices.filter { simulator.swarm[$0].velocity.norm <= speed }
    #expect(resting.count >= 15)
    for drone in resting {
      let points = contacts.filter { $0.drone == drone }
      #expect(!points.isEmpty && points.count == simulator.contactCount(of: drone))
      #expect(points.allSatisfy { $0.other == .obstacle(0) && $0.normal == Vector(0, 0, 1) })
      #expect(points.allSatisfy { abs($0.position.z - 2) < 2e-6 })
      let weight = worlds[drone].models[0].mass * 9.81 / 240
      #expect(abs(points.reduce(0) { $0 + $1.impulse } / weight - 1) < share)
    }
  }

  @Test(
    "drones that land on one and fall off have the same bits alone and in any batch, on any number of threads",
    arguments: FlightPhysics.Precision.allCases)
  func isTheSameAnywhere(precision: FlightPhysics.Precision) throws {
    let worlds = try worlds(37, seed: 7, top: 0.5, on: Self.platform(width: 0.6, top: 0.5))
    var physics = air()
    physics.precision = precision
    func flown(_ range: Range<Int>, threads: Int) throws -> [DroneState<Double>] {
      var batch = try WorldBatch(
        worlds: Array(worlds[range]), physics: physics, frequency: 240,
        pool: ThreadPool(threads: threads))
      for _ in 0..<24 { batch.advance(steps: 10) }
      return range.indices.map { batch[$0 - range.lowerBound] }
    }
    let together = try flown(0..<37, threads: 1)
    #expect(together.contains { $0.position.z < 0.3 } && together.contains { $0.position.z > 0.5 })
    #expect(try flown(0..<37, threads: 2) == together)
    for world in stride(from: 0, to: 37, by: 5) {
      #expect(try flown(world..<world + 1, threads: 1) == [together[world]], "world \(world)")
    }
  }
}
