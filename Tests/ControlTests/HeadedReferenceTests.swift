import Control
import SpatialMath
import Testing

/// References whose heading is replaced, and those with headings of their own.
struct HeadedReferenceTests {
  static let headings: [HeadedReference.Heading] = [
    .alongPath, .toward(Vector(0.3, -5, 2)), .turning(rate: 1.5), .turning(rate: -0.2),
  ]

  private func wrapped(_ angle: Double) -> Double { angle.remainder(dividingBy: 2 * .pi) }

  @Test(
    "the rate of a heading is its derivative, and all else is left",
    arguments: ReferenceTests.references.indices, headings.indices)
  func derivative(index: Int, heading: Int) {
    let (name, base) = ReferenceTests.references[index]
    let reference = HeadedReference(base, heading: Self.headings[heading])
    var turns = 0
    for step in 1..<200 {
      let (t, h) = (0.0497 * Double(step), 1e-5)
      let (before, now, after) = (
        reference.setpoint(at: t - h), reference.setpoint(at: t), reference.setpoint(at: t + h)
      )
      var expected = base.setpoint(at: t)
      (expected.yaw, expected.yawRate) = (now.yaw, now.yawRate)
      #expect(now == expected)
      // A line turns round on the spot, where no rate would do.
      let change = wrapped(after.yaw - before.yaw)
      guard name != "line" || abs(change) < 1 else { continue }
      #expect(
        abs(change / (2 * h) - now.yawRate) < 1e-4 * (1 + abs(now.yawRate)), "\(name), \(t) s")
      if abs(now.yawRate) > 0.01 { turns += 1 }
    }
    let isStraight = ["hover", "line"].contains(name) && heading == 0
    #expect(isStraight || name == "hover" || turns > 0)
  }

  @Test("along a path the nose points where it moves", arguments: [1, 4, 5, 6, 7])
  func alongPath(index: Int) {
    let (name, base) = ReferenceTests.references[index]
    let reference = HeadedReference(base, heading: .alongPath)
    for step in 0..<200 {
      let setpoint = reference.setpoint(at: 0.05 * Double(step))
      let v = setpoint.velocity
      guard (v.x * v.x + v.y * v.y).squareRoot() > 0.05 else { continue }
      let way = Double.arcTangent(y: v.y, x: v.x)
      // The direction is that of a fifth of a second, to which the curvature adds.
      #expect(abs(wrapped(setpoint.yaw - way)) < 0.06, "\(name)")
    }
  }

  @Test("at rest the nose points where it pointed last, or will point first")
  func atRest() throws {
    let corner: [Vector<World, Double>] = [Vector(0, 0, 1), Vector(0, 2, 1)]
    let path = try #require(SampledReference(through: corner, speed: 1))
    let reference = HeadedReference(path, heading: .alongPath)
    for time in [0, 1, 2, 2.05, 3, 1e5] {
      #expect(abs(reference.setpoint(at: time).yaw - .pi / 2) < 1e-9, "at \(time) s")
    }
    let late = SampledReference([
      .init(time: 0, setpoint: Setpoint()), .init(time: 5, setpoint: Setpoint()),
      .init(time: 6, setpoint: Setpoint(position: Vector(-1, 0, 0))),
      .init(time: 60, setpoint: Setpoint(position: Vector(-1, 0, 0))),
    ])
    let waiting = HeadedReference(late, heading: .alongPath)
    for time in [0, 3, 5.5, 20, 59, 600] {
      let setpoint = waiting.setpoint(at: time)
      #expect(abs(abs(setpoint.yaw) - .pi) < 1e-6, "at \(time) s")
      #expect(abs(setpoint.yawRate) < 1e-9)
    }
    let still = HeadedReference(HoverReference(at: .zero, yaw: 0.7), heading: .alongPath)
    #expect(!still.hasWay && still.setpoint(at: 1).yaw == 0.7)
  }

  @Test("towards a point the nose points at it, from every side")
  func toward() {
    let (center, circle) = (
      Vector<World, Double>(1, 2, 3),
      CircleReference(center: Vector(1, 2, 0), radius: 2, period: 9)
    )
    let reference = HeadedReference(circle, heading: .toward(center))
    for step in 0..<50 {
      let setpoint = reference.setpoint(at: 0.3 * Double(step))
      let way = center - setpoint.position
      let (sine, cosine) = setpoint.yaw.sineAndCosine()
      #expect(abs(way.x - 2 * cosine) < 1e-9 && abs(way.y - 2 * sine) < 1e-9)
      #expect(abs(setpoint.yawRate - 2 * .pi / 9) < 1e-9)
    }
    let above = HeadedReference(HoverReference(at: center, yaw: 0.4), heading: .toward(center))
    #expect(above.setpoint(at: 0).yaw == 0.4)
  }

  @Test("samples turn steadily from one heading to the next, and say how fast")
  func samples() {
    let reference = SampledReference([
      .init(time: 0, setpoint: Setpoint(yaw: 1)), .init(time: 2, setpoint: Setpoint(yaw: 2)),
      .init(time: 3, setpoint: Setpoint(yaw: -1)),
    ])
    #expect(reference.setpoint(at: 1).yaw == 1.5 && reference.setpoint(at: 1).yawRate == 0.5)
    #expect(reference.setpoint(at: 2.5).yawRate == -3 && reference.setpoint(at: 4).yawRate == 0)
  }
}
