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
        ?? HoverReference(at: .zero)
    ),
    (
      "lemniscate",
      HarmonicReference.lemniscate(center: Vector(0, 0, 1), radius: 1, period: 6, phase: 0.3)
    ),
    (
      "helix",
      HarmonicReference.helix(
        center: Vector(0, 0, 1), radius: 0.5, height: 2, laps: 3, period: 4, phase: 1)
    ),
    (
      "lissajous",
      HarmonicReference.lissajous(
        center: Vector(0, 0, 1), amplitude: Vector(1, 0.7, 0.2), frequency: Vector(3, 2, 1),
        phase: Vector(0, 1, 2), period: 12)
    ),
    ("minimum snap", smooth),
    ("slowed", SlowedReference(smooth, factor: 1.7)),
  ]

  static let corners: [Vector<World, Double>] = [
    Vector(0, 0, 1), Vector(1, 0, 1), Vector(1, 2, 2), Vector(-1, 2, 1.5), Vector(0, 0, 1),
  ]
  static let times = [0.0, 2, 4.5, 6, 9.5]
  static let smooth: any Reference =
    MinimumSnapReference(through: corners, at: times) ?? HoverReference(at: .zero)

  @Test("acceleration and jerk are derivatives in turn", arguments: references.indices)
  func higherDerivatives(index: Int) {
    let (name, reference) = Self.references[index]
    guard name != "waypoints" else { return }
    for step in 1..<200 {
      let (t, h) = (0.0497 * Double(step), 1e-5)
      let (before, now, after) = (
        reference.setpoint(at: t - h), reference.setpoint(at: t), reference.setpoint(at: t + h)
      )
      let acceleration = (0.5 / h) * (after.velocity - before.velocity)
      let jerk = (0.5 / h) * (after.acceleration - before.acceleration)
      #expect((acceleration - now.acceleration).norm < 1e-6, "\(name) at \(t) s")
      #expect((jerk - now.jerk).norm < 1e-5, "\(name) at \(t) s")
    }
  }

  @Test("minimum snap passes its points at their times, and rests at both ends")
  func minimumSnap() {
    for (point, time) in zip(Self.corners, Self.times) {
      #expect((Self.smooth.setpoint(at: time).position - point).norm < 1e-12)
    }
    for time in [0, 9.5] {
      let end = Self.smooth.setpoint(at: time)
      #expect(end.velocity.norm < 1e-9 && end.acceleration.norm < 1e-9 && end.jerk.norm < 1e-8)
    }
    #expect(Self.smooth.setpoint(at: 1e9).position == Self.smooth.setpoint(at: 9.5).position)
  }

  /// What makes it the minimum is that derivatives up to the sixth are continuous.
  ///
  /// The fourth, by differences of the jerk, to either side of each inner point.
  @Test("minimum snap's fourth derivative does not jump")
  func snapIsContinuous() {
    let h = 1e-4
    for time in Self.times[1...3] {
      func jerk(_ t: Double) -> Vector<World, Double> { Self.smooth.setpoint(at: t).jerk }
      let before = (1 / h) * (jerk(time - h) - jerk(time - 2 * h))
      let after = (1 / h) * (jerk(time + 2 * h) - jerk(time + h))
      #expect((before - after).norm < 0.05 * max(1, before.norm))
    }
  }

  /// Any other smooth path through the points has more: here, one with a bump that vanishes at them.
  @Test("minimum snap has less snap than its neighbours")
  func snapIsLeast() throws {
    let points = Array(Self.corners.prefix(3))
    func snap(_ reference: MinimumSnapReference, _ detour: Double) -> Double {
      let h = 1e-3
      return stride(from: h, to: 4 - h, by: h).reduce(0) { sum, t in
        func bend(_ t: Double) -> Double {
          let s = (t * (2 - t) * (4 - t)) / 3
          return detour * s * s * s * s
        }
        func jerk(_ t: Double) -> Double {
          let third =
            (bend(t + 2 * h) - 2 * bend(t + h) + 2 * bend(t - h) - bend(t - 2 * h))
            / (2 * h * h * h)
          return reference.setpoint(at: t).jerk.y + third
        }
        let snap = (jerk(t + h) - jerk(t - h)) / (2 * h)
        return sum + snap * snap * h
      }
    }
    let path = try #require(MinimumSnapReference(through: points, at: [0, 2, 4]))
    #expect(snap(path, 0) < snap(path, 0.02) && snap(path, 0) < snap(path, -0.02))
  }

  @Test("minimum snap refuses what has no solution")
  func minimumSnapRefuses() {
    #expect(MinimumSnapReference(through: [.zero], at: [0]) == nil)
    #expect(MinimumSnapReference(through: [.zero, .zero], at: [0, 0]) == nil)
    #expect(MinimumSnapReference(through: [.zero, .zero], speed: 1) == nil)
  }

  @Test("slowed to a model's limits, a reference asks for no more thrust than there is")
  func slowsDown() throws {
    let model = try ModelCatalogue.standard.model(named: "cf2x_L250")
    let wild = HarmonicReference.lemniscate(center: .zero, radius: 5, period: 3)
    let slowed = SlowedReference(wild, within: model, gravity: 9.81, over: 3)
    #expect(slowed.factor > 1.5)
    var (fastest, hardest) = (0.0, 0.0)
    for step in 0...300 {
      let setpoint = slowed.setpoint(at: slowed.factor * Double(step) / 100)
      fastest = max(fastest, setpoint.velocity.norm)
      hardest = max(hardest, (setpoint.acceleration + Vector(0, 0, 9.81)).norm * model.mass)
    }
    #expect(hardest < model.maximumThrust && fastest <= model.maximumSpeed * (1 + 1e-9))
    #expect(hardest <= 0.75 * model.maximumThrust * (1 + 1e-9))
    // No slower than it must: a little faster, and one of the limits is passed.
    let faster = SlowedReference(slowed, factor: 0.99)
    #expect(
      SlowedReference(faster, within: model, gravity: 9.81, over: 3 * slowed.factor).factor > 1)
    let tame = CircleReference(center: .zero, radius: 1, period: 20)
    #expect(SlowedReference(tame, within: model, gravity: 9.81, over: 20).factor == 1)
  }

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

  static let turn = 2 * Double.pi
  /// Headings of a file, and as they are flown. [rad]
  static let headings: [(written: [Double], flown: [Double])] = [
    ([3, -3], [3, turn - 3]), ([-3, 3], [-3, 3 - turn]),
    ([6.2, 0.1, 6.2], [6.2, 0.1 + turn, 6.2]),
    ([0, 1, 3, -3, -1, 0], [0, 1, 3, turn - 3, turn - 1, turn]), ([0, 45], [0, 45]),
    ([0, 4, 8], [0, 4, 8]), ([], []),
  ]

  @Test(
    "headings of a file go the short way past the end of a turn, unless they count turns",
    arguments: headings.indices)
  func shortWay(index: Int) {
    let (written, flown) = Self.headings[index]
    let result = SampledReference.withoutJumps(written)
    #expect(result.count == flown.count)
    for (a, b) in zip(result, flown) { #expect(abs(a - b) < 1e-12, "\(result)") }
  }

  @Test("minimum snap turns through its headings the short way, and smoothly")
  func headingsOfMinimumSnap() throws {
    let yaws = [0, 3, -3, -2.5, 0.5]
    let path = try #require(
      MinimumSnapReference(through: Self.corners, at: Self.times, yaws: yaws))
    let flown = [0, 3, Self.turn - 3, Self.turn - 2.5, Self.turn + 0.5]
    for (time, yaw) in zip(Self.times, flown) {
      #expect(abs(path.setpoint(at: time).yaw - yaw) < 1e-9, "at \(time) s")
    }
    #expect(path.setpoint(at: 0).yawRate == 0)
    #expect(abs(path.setpoint(at: 9.5).yawRate) < 1e-9)
    let (h, bare) = (1e-5, Self.smooth)
    for step in 1..<190 {
      let time = 0.05 * Double(step)
      let (before, after) = (path.setpoint(at: time - h), path.setpoint(at: time + h))
      let now = path.setpoint(at: time)
      #expect(abs((after.yaw - before.yaw) / (2 * h) - now.yawRate) < 1e-6)
      #expect(abs(after.yawRate - before.yawRate) < 1e-3, "it turns by a jerk at \(time) s")
      #expect(now.position == bare.setpoint(at: time).position)
    }
  }

  @Test("way points are passed at the times their distances give, and the last is held")
  func waypoints() throws {
    let path = try #require(
      SampledReference(
        through: [Vector(0, 0, 1), Vector(1, 0, 1), Vector(1, 2, 1)], speed: 0.5))
    #expect((path.setpoint(at: 1).position - Vector(0.5, 0, 1)).norm < 1e-12)
    #expect((path.setpoint(at: 4).position - Vector(1, 1, 1)).norm < 1e-12)
    #expect(path.duration == 6)
    #expect(path.setpoint(at: 100) == Setpoint(position: Vector(1, 2, 1)))
  }

  @Test("velocities change at the very step they are due")
  func velocities() {
    let segments = VelocityReference([
      .init(until: 0.625, velocity: Vector(1, 0, 0)), .init(until: .infinity, velocity: .zero),
    ])
    #expect(segments.setpoint(at: 29.0 / 48).velocity.x == 1)
    #expect(segments.setpoint(at: 31.0 / 48 - 1.0 / 48).velocity.x == 0)
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
