import Bullet
import Geometry
import SpatialMath
import Testing

struct ObstacleTests {
  /// A world with a dynamic box on a slope, a little under a millimetre above it.
  ///
  /// Both have friction 0.7, so that Coulomb's angle is atan(0.49) = 26.1°.
  private func slope(degrees: Double) throws -> Flight {
    let level = Pose(0, 0, 0, pitch: degrees * .pi / 180)
    let up = RotationMatrix(level.attitude).zAxis
    let above = Pose(position: 0.5505 * up, attitude: level.attitude)
    return try Flight(obstacles: [
      RigidBody(.box(size: Vector(20, 4, 1)), at: level, friction: 0.7),
      RigidBody(.box(size: Vector(0.2, 0.2, 0.1)), at: above, mass: 0.5, friction: 0.7),
    ])
  }

  @Test("a box rests on a slope below Coulomb's angle", arguments: [5.0, 15, 25.5])
  func restsBelowCoulombsAngle(degrees: Double) throws {
    var flight = try slope(degrees: degrees)
    flight.step(times: 240)
    let before = flight.motion(1)
    flight.step(times: 480)
    let after = flight.motion(1)
    #expect((after.pose.position - before.pose.position).norm < 1e-5)
  }

  @Test("a box slides down a slope above it, as fast as Coulomb says", arguments: [27.0, 35, 45])
  func slidesAboveCoulombsAngle(degrees: Double) throws {
    var flight = try slope(degrees: degrees)
    flight.step(times: 48)
    let before = flight.motion(1)
    flight.step(times: 120)
    let after = flight.motion(1)
    let (sine, cosine) = (degrees * .pi / 180).sineAndCosine()
    let expected = 0.5 * 9.8 * (sine - 0.49 * cosine)
    let gained = (after.velocity - before.velocity).norm
    #expect(abs(gained - expected) < 0.02 * expected)
    #expect(after.velocity.z < 0 && after.velocity.x > 0)
  }

  @Test("a dynamic box falls as semi-implicit Euler says, and rests on the floor")
  func dynamicBoxRests() throws {
    var flight = try Flight(obstacles: [
      ground, RigidBody(.box(size: Vector(0.2, 0.3, 0.1)), at: Pose(0, 0, 2), mass: 0.3),
    ])
    flight.step(times: 100)
    #expect(abs(flight.motion(1).pose.position.z - (2 - 9.8 * dt * dt * 5050)) < 1e-12)
    flight.step(times: 240)
    #expect(abs(flight.motion(1).pose.position.z - 0.05) < 1e-6)
    #expect(flight.motion(1).velocity.norm < 1e-6)
  }

  @Test("dynamic boxes tumble without gaining energy, and stack")
  func dynamicBoxesLoseEnergy() throws {
    var flight = try Flight(
      obstacles: [ground]
        + (0..<3).map { i in
          RigidBody(
            .box(size: Vector(0.2, 0.2, 0.1)),
            at: Pose(0.01 * Double(i), 0, 0.06 + 0.11 * Double(i)), mass: 0.4)
        })
    let released = flight.energyOfBoxes
    for _ in 0..<480 {
      flight.step()
      #expect(flight.energyOfBoxes <= released * (1 + 1e-6))
    }
    for i in 0..<3 {
      #expect(abs(flight.motion(i + 1).pose.position.z - (0.05 + 0.1 * Double(i))) < 1e-4)
    }
  }

  @Test("a vehicle pushes a dynamic box, and both keep their momentum")
  func vehiclePushesBox() throws {
    var flight = try Flight(
      gravity: .zero, obstacles: [RigidBody(.box(size: Vector(0.1, 0.1, 0.1)), mass: 0.1)])
    try flight.add(at: Pose(-0.5, 0, 0), velocity: Vector(4, 0, 0))
    flight.step(times: 120)
    let speed = flight.motion(0).velocity.x
    #expect(abs(Flight.mass * flight.vehicles[0].velocity.x + 0.1 * speed - Flight.mass * 4) < 1e-9)
    #expect(abs(speed - 4 * Flight.mass / (Flight.mass + 0.1)) < 1e-6)
  }
}

extension Flight {
  /// How an obstacle moves now.
  fileprivate mutating func motion(_ index: Int) -> BodyMotion {
    world.motion(of: obstacles[index])
  }

  /// The energy of the boxes of 0.2 m × 0.2 m × 0.1 m and 0.4 kg on a floor. [J]
  fileprivate var energyOfBoxes: Double {
    mutating get {
      var sum = 0.0
      for i in obstacles.indices.dropFirst() {
        let m = motion(i)
        let spin = RotationMatrix(m.pose.attitude).inverse(m.angularVelocity)
        let moment = 0.4 / 12 * Vector<Body, Double>(0.05, 0.05, 0.08)
        sum += 0.5 * spin.dot(spin.scaled(by: moment))
        sum += 0.4 * (0.5 * m.velocity.squaredNorm + 9.8 * m.pose.position.z)
      }
      return sum
    }
  }
}
