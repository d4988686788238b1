import Drone
import Geometry
import Simulation
import SpatialMath
import Testing

/// Drones that touch things and carry on.
struct TouchTests {
  private func fly(
    _ model: QuadcopterModel, from start: DroneState<Double>, on ground: RigidBody?, steps: Int,
    watch: (DroneState<Double>) -> Void = { _ in }
  ) throws -> DroneState<Double> {
    var simulator = try Simulator(
      models: [model], states: [start], physics: .accurate(), frequency: 240,
      floor: ground == nil, obstacles: ground.map { [$0] } ?? [])
    for _ in 0..<steps {
      simulator.advance()
      watch(simulator.swarm[0])
    }
    return simulator.swarm[0]
  }

  /// v² / 2 μ g with μ = 0.5 · 1, less what the first steps take.
  @Test("a drone slides alike over the floor and over a box")
  func slides() throws {
    let start = DroneState<Double>(position: Vector(0, 0, 0.0125), velocity: Vector(2, 0, 0))
    let model = try cf2x()
    let box = RigidBody(
      .box(size: Vector(20, 4, 0.2)), at: Pose(position: Vector(0, 0, -0.1)))
    let (floor, table) = (
      try fly(model, from: start, on: nil, steps: 720),
      try fly(model, from: start, on: box, steps: 720)
    )
    #expect(abs(floor.position.x - table.position.x) < 1e-6)
    #expect(abs(floor.position.x - 4 / (2 * 0.5 * 9.81)) < 0.01)
  }

  @Test("a drone bounces where it and what is below have a restitution")
  func bounces() throws {
    let start = DroneState<Double>(position: Vector(0, 0, 1.0125))
    var model = try cf2x()
    let trampoline = RigidBody(
      .box(size: Vector(4, 4, 0.2)), at: Pose(position: Vector(0, 0, -0.1)), restitution: 1)
    func height(after steps: Int) throws -> Double {
      var (highest, step) = (0.0, 0)
      _ = try fly(model, from: start, on: trampoline, steps: 240) { state in
        step += 1
        if step > steps { highest = max(highest, state.position.z) }
      }
      return highest
    }
    // It falls for √(2 / g) s, 108 steps.
    #expect(try height(after: 120) < 0.02)
    model.restitution = 1
    #expect(try height(after: 120) > 0.97)
  }

  private func full(_ simulator: inout Simulator, _ speeds: PerRotor<Double>) {
    for drone in 0..<simulator.droneCount { simulator.command(drone, rotorSpeeds: speeds) }
  }

  @Test("a drone flown against a wall at 30 m/s stays on its side", arguments: [0.0, 0.3, 1, 2])
  func wall(roll: Double) throws {
    let model = try cf2x()
    let wall = RigidBody(.box(size: Vector(0.02, 20, 20)), at: Pose(position: Vector(1, 0, 5)))
    let attitude = Rotation<Body, World, Double>(
      RollPitchYaw(roll: roll, pitch: 1.4, yaw: 0))
    var simulator = try Simulator(
      models: [model],
      states: [
        DroneState(position: Vector(0, 0, 5), attitude: attitude, velocity: Vector(30, 0, 0))
      ], physics: air(), frequency: 240, obstacles: [wall])
    full(&simulator, PerRotor(repeating: model.maximumRotorSpeed))
    var contacts = 0
    for _ in 0..<480 {
      simulator.advance()
      contacts += simulator.contactCount(of: 0)
      let p = simulator.swarm[0].position
      #expect(p.x < 0.99 || abs(p.y) > 10 || p.z > 15)
    }
    #expect(contacts > 0)
  }

  @Test("two equal drones that collide head-on keep their momentum, each half of it in the end")
  func headOn() throws {
    let model = try cf2x()
    var physics = vacuum(gravity: 0)
    physics.dynamics = .bullet
    var simulator = try Simulator(
      models: [model, model],
      states: [
        DroneState(position: Vector(-1, 0, 5), velocity: Vector(7, 0, 0)),
        DroneState(position: Vector(1, 0, 5), velocity: Vector(-3, 0, 0)),
      ], physics: physics, frequency: 240)
    var contacts = 0
    for _ in 0..<240 {
      simulator.advance()
      contacts += simulator.contactCount(of: 0)
      let sum = simulator.swarm[0].velocity + simulator.swarm[1].velocity
      #expect((sum - Vector(4, 0, 0)).norm < 1e-9)
    }
    #expect(contacts > 0)
    #expect(abs(simulator.swarm[0].velocity.x - 2) < 1e-3)
  }

  @Test("a drone lands, rests, and takes off again")
  func landsAndRises() throws {
    let model = try cf2x()
    var simulator = try Simulator(
      models: [model], states: [DroneState(position: Vector(0, 0, 0.3))], physics: air(),
      frequency: 240)
    simulator.advance(steps: 480)
    let bottom = model.collisionOffset.z - 0.5 * 0.025
    #expect(abs(simulator.swarm[0].position.z + bottom) < 1e-4)
    #expect(simulator.swarm[0].velocity.norm < 1e-6 && simulator.contactCount(of: 0) > 0)
    full(&simulator, PerRotor(repeating: 1.1 * model.hoverRotorSpeed(gravity: 9.81)))
    simulator.advance(steps: 120)
    #expect(simulator.swarm[0].position.z > 0.1 && simulator.contactCount(of: 0) == 0)
  }

  @Test("one rotor at full speed tips a drone over, and it comes to rest on its back or side")
  func tipsOver() throws {
    let model = try cf2x()
    var simulator = try Simulator(
      models: [model], states: [DroneState(position: Vector(0, 0, 0.02))], physics: air(),
      frequency: 240)
    let full = model.maximumRotorSpeed
    simulator.command(0, rotorSpeeds: PerRotor(full, full, 0, 0))
    simulator.advance(steps: 60)
    #expect(RotationMatrix(simulator.swarm[0].attitude).zAxis.z < 0.7)
    simulator.command(0, rotorSpeeds: PerRotor(repeating: 0))
    simulator.advance(steps: 960)
    #expect(simulator.swarm[0].velocity.norm < 1e-3 && simulator.swarm[0].bodyRates.norm < 1e-2)
    #expect(simulator.swarm[0].position.z < 0.08)
  }

  @Test("contacts name the drone, what it met, where, and how hard")
  func contacts() throws {
    let model = try cf2x()
    let table = RigidBody(.box(size: Vector(1, 1, 1)), at: Pose(position: Vector(3, 0, 0.5)))
    var simulator = try Simulator(
      models: [model, model, model],
      states: [
        DroneState(position: Vector(0, 0, 0.02)), DroneState(position: Vector(3, 0, 1.02)),
        DroneState(position: Vector(0, 0, 9)),
      ], physics: air(), frequency: 240,
      obstacles: [RigidBody(.sphere(radius: 0.1), at: Pose(position: Vector(9, 9, 9))), table])
    simulator.advance(steps: 240)
    let contacts = simulator.droneContacts()
    let weight = model.mass * 9.81 / 240
    for (drone, other, height) in [
      (0, DroneContact.Other.floor, 0.0), (1, .obstacle(1), 1.0),
    ] {
      let points = contacts.filter { $0.drone == drone }
      #expect(!points.isEmpty && points.allSatisfy { $0.other == other })
      #expect(points.allSatisfy { ($0.normal - Vector(0, 0, 1)).norm < 1e-9 })
      #expect(points.allSatisfy { abs($0.position.z - height) < 1e-9 })
      #expect(abs(points.reduce(0) { $0 + $1.impulse } / weight - 1) < 1e-3)
    }
    #expect(!contacts.contains { $0.drone == 2 })
    #expect(contacts.count == simulator.contactCount(of: 0) + simulator.contactCount(of: 1))
  }
}
