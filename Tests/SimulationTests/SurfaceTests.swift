import Drone
import Geometry
import Simulation
import SpatialMath
import Testing

/// What is below a drone, as its ground effect feels it.
struct SurfaceTests {
  private static let box = RigidBody(
    .box(size: Vector(1, 1, 1)), at: Pose(position: Vector(0, 0, 1)))

  /// The change of speed in one step of a drone at hover speed over some world. [m/s]
  private func lift(
    at position: Vector<World, Double>, obstacles: [RigidBody] = [], floor: Bool = true,
    steps: Int = 1
  ) throws -> Double {
    let model = try cf2x()
    var simulator = try Simulator(
      models: [model], states: [DroneState(position: position)],
      physics: .accurate(effects: [GroundEffect()]), frequency: 240, floor: floor,
      obstacles: obstacles)
    simulator.command(
      0, rotorSpeeds: PerRotor(repeating: model.hoverRotorSpeed(gravity: 9.81)))
    simulator.advance(steps: steps)
    return simulator.swarm[0].velocity.z
  }

  @Test("a drone above a box top feels what one feels as high above the floor")
  func boxTop() throws {
    let overFloor = try lift(at: Vector(0, 0, 0.1))
    let overBox = try lift(at: Vector(0.4, -0.4, 1.6), obstacles: [Self.box])
    #expect(overFloor > 1e-4)
    #expect(abs(overBox / overFloor - 1) < 1e-9)
  }

  @Test("a drone beside, below or far above a box feels nothing of it")
  func beside() throws {
    for place in [Vector<World, Double>(0.6, 0, 1.6), Vector(0, 0, 0.3), Vector(0, 0, 40)] {
      let alone = try lift(at: place)
      let near = try lift(at: place, obstacles: [Self.box])
      #expect(abs(near - alone) < 1e-6 * 9.81 / 240, "at \(place)")
    }
  }

  @Test("nothing below is no ground effect")
  func noFloor() throws {
    let without = try lift(at: Vector(0, 0, 0.1), floor: false)
    #expect(abs(without) < 1e-12)
    let overBox = try lift(at: Vector(0, 0, 1.6), obstacles: [Self.box], floor: false)
    #expect(abs(overBox / (try lift(at: Vector(0, 0, 0.1))) - 1) < 1e-9)
  }

  @Test("the surface is that of a turned box, a ball, a pillar and a hull")
  func shapes() throws {
    let corner = [Vector<Body, Double>(0, 0, 0), Vector(1, 0, 0), Vector(0, 1, 0), Vector(0, 0, 1)]
    let ridge = Rotation<Body, World, Double>(
      RollPitchYaw(roll: .pi / 4, pitch: 0, yaw: 0))
    let cases: [(RigidBody, Vector<World, Double>, Double)] = [
      // On its edge: a roof whose ridge is 0.5 √2 above the middle.
      (
        RigidBody(.box(size: Vector(1, 1, 1)), at: Pose(attitude: ridge)), Vector(0, 0.2, 0),
        0.5.squareRoot() - 0.2
      ),
      (RigidBody(.sphere(radius: 0.5)), Vector(0.3, 0, 0), 0.4),
      (RigidBody(.cylinder(radius: 0.5, height: 0.6)), Vector(0.1, 0.4, 0), 0.3),
      (RigidBody(.convexHull(points: corner)), Vector(0.2, 0.3, 0), 0.5),
    ]
    for (obstacle, place, height) in cases {
      let over = try lift(
        at: place + Vector(0, 0, height + 0.1), obstacles: [obstacle], floor: false)
      #expect(abs(over / (try lift(at: Vector(0, 0, 0.1))) - 1) < 1e-9, "\(obstacle.shape)")
    }
  }

  @Test("at an edge all rotors feel the surface below the centre of mass, or none does")
  func edge() throws {
    let middle = try lift(at: Vector(0, 0, 1.6), obstacles: [Self.box])
    let inside = try lift(at: Vector(0.499, 0, 1.6), obstacles: [Self.box])
    let outside = try lift(at: Vector(0.501, 0, 1.6), obstacles: [Self.box])
    #expect(middle > 1e-4 && abs(inside / middle - 1) < 1e-9)
    // What is left is the floor's, sixteen heights away.
    #expect(outside < 0.01 * middle)
  }

  @Test("a table between two drones shadows nothing of the downwash")
  func downwashPassesThrough() throws {
    let model = try cf2x()
    let table = RigidBody(
      .box(size: Vector(2, 2, 0.05)), at: Pose(position: Vector(0, 0, 1)))
    func fall(effects: [any AerodynamicEffect], obstacles: [RigidBody]) throws -> Double {
      var simulator = try Simulator(
        models: [model, model],
        states: [
          DroneState(position: Vector(0, 0, 1.5)), DroneState(position: Vector(0, 0, 0.5)),
        ], physics: .accurate(effects: effects), frequency: 240, floor: true,
        obstacles: obstacles)
      let hover = PerRotor(repeating: model.hoverRotorSpeed(gravity: 9.81))
      for drone in 0..<2 { simulator.command(drone, rotorSpeeds: hover) }
      simulator.advance(steps: 12)
      return simulator.swarm[1].velocity.z
    }
    let alone = try fall(effects: [], obstacles: [])
    let open = try fall(effects: [Downwash()], obstacles: [])
    let covered = try fall(effects: [Downwash()], obstacles: [table])
    #expect(open < alone - 0.01)
    #expect(covered == open)
  }

  @Test("a dynamic box that falls away takes its surface with it")
  func dynamicBox() throws {
    var falling = Self.box
    falling.mass = 1
    let held = try lift(at: Vector(0, 0, 1.55), obstacles: [Self.box], steps: 60)
    let fallen = try lift(at: Vector(0, 0, 1.55), obstacles: [falling], steps: 60)
    #expect(fallen < 0.8 * held && fallen > 0)
  }
}
