import Drone
import Geometry
import Randomness
import Simulation
import SpatialMath
import Testing

/// What pushes drones from outside, who is near whom, and what snapshots refuse.
struct PushTests {
  @Test("a push for some time gives a drone its impulse over its mass")
  func impulse() throws {
    let model = try cf2x()
    let push = ScheduledPush(on: 1, during: 0.1..<0.35, force: Vector(0.02, 0, 0))
    let world = WorldDescription(
      models: [model, model], states: [DroneState(), DroneState(position: Vector(0, 5, 0))],
      pushes: [push])
    var simulator = try Simulator(worlds: [world], physics: vacuum(gravity: 0), frequency: 240)
    simulator.advance(steps: 240)
    #expect(abs(simulator.swarm[1].velocity.x - 0.02 * 0.25 / model.mass) < 1e-12)
    #expect(simulator.swarm[0].velocity == .zero)
  }

  @Test("a push along the body's axes turns with the drone; one along the world's does not")
  func axes() throws {
    let model = try cf2x()
    let quarter = Rotation<Body, World, Double>(RollPitchYaw(roll: 0, pitch: 0, yaw: .pi / 2))
    for axes in ScheduledPush.Axes.allCases {
      let push = ScheduledPush(
        on: 0, during: 0..<1, force: Vector(0.01, 0, 0), torque: Vector(1e-6, 0, 0), along: axes)
      let world = WorldDescription(
        models: [model], states: [DroneState(attitude: quarter)], pushes: [push])
      var simulator = try Simulator(worlds: [world], physics: vacuum(gravity: 0), frequency: 240)
      simulator.advance()
      let (v, w) = (simulator.swarm[0].velocity, simulator.swarm[0].angularVelocity)
      let (along, across) = axes == .world ? (v.x, v.y) : (v.y, v.x)
      #expect(along > 1e-3 && abs(across) < 1e-15)
      #expect((axes == .world ? w.x : w.y) > 1e-4)
    }
  }

  @Test("a push from code holds until it is taken away, and a snapshot knows of it")
  func held() throws {
    let model = try cf2x()
    var simulator = try Simulator(
      models: [model], states: [DroneState()], physics: vacuum(gravity: 0), frequency: 240)
    simulator.push(0, force: Vector(0, 0, 0.027))
    simulator.advance(steps: 24)
    let snapshot = simulator.snapshot()
    simulator.push(0, force: .zero)
    simulator.advance(steps: 24)
    #expect(abs(simulator.swarm[0].velocity.z - 0.1) < 1e-12)
    try simulator.restore(WorldSnapshot(bytes: snapshot.bytes))
    simulator.advance(steps: 24)
    #expect(abs(simulator.swarm[0].velocity.z - 0.2) < 1e-12)
  }

  @Test("a scheduled obstacle goes where its schedule has it, also after a restore")
  func scheduledObstacle() throws {
    let path = ScheduledMotion([
      .init(at: 0, Pose(position: Vector(-1, 0, 1))), .init(at: 1, Pose(position: Vector(1, 0, 1))),
    ])
    let wall = RigidBody(.box(size: Vector(0.1, 1, 1)), motion: path)
    var simulator = try Simulator(
      models: [cf2x()], states: [DroneState(position: Vector(0, 0, 1))],
      physics: vacuum(gravity: 0).touching, frequency: 240, obstacles: [wall])
    simulator.advance(steps: 60)
    #expect(simulator.swarm[0].position.x == 0)
    let snapshot = simulator.snapshot()
    simulator.advance(steps: 180)
    let end = simulator.snapshot()
    // Swept along at the wall's 2 m/s.
    #expect(abs(simulator.swarm[0].position.x - 1.11) < 0.01)
    #expect(abs(simulator.swarm[0].velocity.x - 2) < 1e-3)
    try simulator.restore(snapshot)
    simulator.advance(steps: 180)
    #expect(simulator.snapshot() == end)
  }

  @Test("bytes that were cut, changed or made up are refused, each with its reason")
  func damagedBytes() throws {
    var simulator = try Simulator(
      worlds: [Scene.pile.world(seed: 1)], physics: air(), frequency: 240)
    let bytes = simulator.snapshot().bytes
    #expect(try WorldSnapshot(bytes: bytes) == simulator.snapshot())
    #expect(throws: SnapshotError.noSnapshot) { try WorldSnapshot(bytes: []) }
    #expect(throws: SnapshotError.noSnapshot) {
      try WorldSnapshot(bytes: Array(repeating: 7, count: 400))
    }
    #expect(throws: SnapshotError.damaged) { try WorldSnapshot(bytes: bytes.dropLast(8)) }
    #expect(throws: SnapshotError.damaged) { try WorldSnapshot(bytes: bytes + [0]) }
    var newer = bytes
    newer[8] = 4
    #expect(throws: SnapshotError.version(4)) { try WorldSnapshot(bytes: newer) }
    for place in stride(from: 16, to: bytes.count, by: 31) {
      var changed = bytes
      changed[place] ^= 0x10
      #expect(throws: SnapshotError.damaged) { try WorldSnapshot(bytes: changed) }
    }
    var other = try Simulator(
      worlds: [Scene.landing.world(seed: 1)], physics: air(), frequency: 240)
    #expect(throws: SnapshotError.otherWorld) { try other.restore(simulator.snapshot()) }
  }
}

extension FlightPhysics {
  /// The same with Bullet.
  var touching: FlightPhysics {
    var physics = self
    physics.dynamics = .bullet
    return physics
  }
}
