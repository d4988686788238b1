import Control
import Drone
import SpatialMath
import Testing

struct ReferenceTests {
  static let references: [(String, any Reference)] = [
    ("hover", HoverReference(at: Vector(1, 2, 3), yaw: 0.3)),
    ("circle", CircleReference(center: Vector(0, 0, 1), radius: 0.4, period: 7, phase: 1)),
    ("line", LineReference(from: Vector(0, 0, 1), to: Vector(1, 2, 2), period: 5)),
    (
      "waypoints",
      SampledReference(
        through: [Vector(0, 0, 1), Vector(1, 0, 1), Vector(1, 1, 2)], speed: 0.4, loops: true)
    ),
  ]

  @Test("the velocity is the position's derivative", arguments: references.indices)
  func velocityIsTheDerivative(index: Int) {
    let reference = Self.references[index].1
    for step in 1..<200 {
      let (t, h) = (0.0497 * Double(step), 1e-5)
      let slope =
        (0.5 / h)
        * (reference.setpoint(at: t + h).position - reference.setpoint(at: t - h).position)
      #expect((slope - reference.setpoint(at: t).velocity).norm < 1e-6, "at \(t) s")
    }
  }

  @Test("a circle keeps its radius and comes round")
  func circle() {
    let circle = CircleReference(center: Vector(1, 2, 3), radius: 0.5, period: 4)
    for step in 0..<40 {
      let position = circle.setpoint(at: Double(step) / 10).position
      #expect(abs((position - Vector(1, 2, 3)).norm - 0.5) < 1e-12)
    }
    #expect((circle.setpoint(at: 0).position - Vector(1.5, 2, 3)).norm < 1e-12)
    #expect((circle.setpoint(at: 1).position - Vector(1, 2.5, 3)).norm < 1e-12)
  }

  @Test("way points are passed at the times their distances give, and the last is held")
  func waypoints() {
    let path = SampledReference(
      through: [Vector(0, 0, 1), Vector(1, 0, 1), Vector(1, 2, 1)], speed: 0.5)
    #expect((path.setpoint(at: 1).position - Vector(0.5, 0, 1)).norm < 1e-12)
    #expect((path.setpoint(at: 4).position - Vector(1, 1, 1)).norm < 1e-12)
    #expect(path.duration == 6)
    #expect(path.setpoint(at: 100) == Setpoint(position: Vector(1, 2, 1)))
  }

  @Test("velocities change at the very step they are due")
  func velocities() {
    let legs = VelocityReference([
      .init(until: 0.625, velocity: Vector(1, 0, 0)), .init(until: .infinity, velocity: .zero),
    ])
    #expect(legs.setpoint(at: 29.0 / 48).velocity.x == 1)
    #expect(legs.setpoint(at: 31.0 / 48 - 1.0 / 48).velocity.x == 0)
  }

  @Test("a row of a replay acts over the step that ends at its time")
  func replay() {
    var replay = ReplayController(
      times: [0, 0.1, 0.2], speeds: [.init(repeating: 0), .init(repeating: 1), .init(repeating: 2)])
    func speed(at time: Double) -> Double {
      replay.rotorSpeeds(for: .init(), tracking: .init(), at: time, every: 0.1)[0]
    }
    #expect(speed(at: 0) == 1 && speed(at: 0.05) == 1 && speed(at: 0.1) == 2)
    #expect(speed(at: 0.3 - 0.2) == 2 && speed(at: 0.2) == 0)
  }
}
