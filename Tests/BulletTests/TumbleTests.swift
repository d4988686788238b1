import Bullet
import Geometry
import SpatialMath
import Testing

/// Laws that hold however a vehicle is thrown.
struct TumbleTests {
  @Test("contacts never add energy, whatever is hit and however it bounces", arguments: 0..<40)
  func contactsArePassive(seed: Int) throws {
    var random = Spread(seed: seed)
    let restitution = [0, 0.5, 0.9, 1][seed % 4]
    var obstacles = [
      ground, RigidBody(.box(size: Vector(0.3, 0.3, 0.3)), at: Pose(0.1, 0, 0.15, yaw: 0.3)),
      RigidBody(.cylinder(radius: 0.1, height: 0.4), at: Pose(-0.2, 0, 0.2, roll: 0.1)),
      RigidBody(.sphere(radius: 0.1), at: Pose(-0.1, 0.2, 0.1)),
    ]
    for i in obstacles.indices { obstacles[i].restitution = restitution }
    var flight = try Flight(obstacles: obstacles)
    let above = random.vector(within: 0.3)
    try flight.add(
      at: random.pose(at: Vector(above.x, above.y, 0.6)), velocity: random.vector(within: 3),
      angularVelocity: random.vector(within: 20), restitution: restitution)
    let released = flight.energy
    for _ in 0..<720 {
      flight.step()
      #expect(flight.energy <= released * (1 + 1e-6))
      #expect(flight.vehicles[0].position.z > 0.012)
    }
  }

  @Test("no throw passes a wall of 2 cm, nor gains energy from it", arguments: 0..<200)
  func wallsHold(seed: Int) throws {
    var random = Spread(seed: seed)
    let wall = RigidBody(.box(size: Vector(0.02, 4, 4)))
    var flight = try Flight(gravity: .zero, obstacles: [wall])
    let aside = random.vector(within: 5)
    try flight.add(
      at: random.pose(at: Vector(-1 + 0.04 * aside.x, 0, 0)),
      velocity: Vector(30.5 + 5.9 * aside.x, aside.y, aside.z),
      angularVelocity: random.vector(within: 50))
    let released = flight.energy
    for _ in 0..<80 {
      flight.step()
      #expect(flight.vehicles[0].position.x < -0.01)
      #expect(flight.energy <= released * (1 + 1e-6))
    }
  }
}

/// Numbers that fill their ranges evenly from seed to seed: multiples of irrational numbers, modulo 1.
private struct Spread {
  let seed: Int
  private var count = 0

  init(seed: Int) { self.seed = seed }

  /// A vector whose components are between two bounds.
  mutating func vector(within bound: Double) -> Vector<World, Double> {
    func component() -> Double {
      count += 1
      let multiple = Double(seed + 1) * Double(2 * count * count + 5).squareRoot()
      return bound * (2 * (multiple - multiple.rounded(.down)) - 1)
    }
    return Vector(component(), component(), component())
  }

  /// A pose that is turned somehow.
  mutating func pose(at position: Vector<World, Double>) -> Pose<Double> {
    let turn = vector(within: .pi)
    return Pose(position.x, position.y, position.z, roll: turn.x, pitch: turn.y / 2, yaw: turn.z)
  }
}
