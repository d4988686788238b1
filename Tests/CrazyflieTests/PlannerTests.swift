import Control
import SpatialMath
import Testing

import Crazyflie

/// The trajectories of the high-level commander.
struct PlannerTests {
  @Test func aPolynomialMeetsBothOfItsEnds() {
    let (start, end) = (
      Polynomial.End(value: 1, rate: -2, acceleration: 0.5),
      Polynomial.End(value: 3, rate: 0.7, acceleration: -1.5)
    )
    let polynomial = Polynomial(from: start, to: end, in: 1.7)
    for (time, limit) in [(0, start), (1.7, end)] {
      let now = polynomial.values(at: time)
      #expect(abs(now.value - limit.value) < 1e-9 && abs(now.rate - limit.rate) < 1e-9)
      #expect(abs(now.acceleration - limit.acceleration) < 1e-8 && abs(now.jerk) < 1e-7)
    }
    // Derivatives are those of differences.
    let h = 1e-4
    let (a, b) = (polynomial.values(at: 0.8 - h), polynomial.values(at: 0.8 + h))
    let middle = polynomial.values(at: 0.8)
    #expect(abs((b.value - a.value) / (2 * h) - middle.rate) < 1e-6)
    #expect(abs((b.rate - a.rate) / (2 * h) - middle.acceleration) < 1e-5)
    #expect(abs((b.acceleration - a.acceleration) / (2 * h) - middle.jerk) < 1e-4)
  }

  @Test func noTimeAtAllIsTheEnd() {
    for time in [0, -1, 1e-30] {
      let polynomial = Polynomial(from: .init(value: 1), to: .init(value: 3), in: time)
      #expect(polynomial.values(at: 0).value == 3)
    }
  }

  @Test func aBezierCurveOfDegreeThreeIsDeCasteljaus() {
    let points = [1.0, 4, -2, 0.5]
    let curve = Polynomial(controlPoints: points, over: 2)
    var row = points
    while row.count > 1 { row = zip(row, row.dropFirst()).map { 0.7 * $0 + 0.3 * $1 } }
    #expect(abs(curve.values(at: 0.6).value - row[0]) < 1e-12)
  }

  @Test func aCircleIsFlownAsAPartOfASpiral() {
    let spiral = Spiral(
      isSideways: false, isClockwise: false, angle: .pi / 2, radii: (1, 1), ascent: 0.5, duration: 3
    )
    let piece = spiral.piece(from: Setpoint(position: Vector(2, 1, 0.5), yaw: 0))
    // To the left, about a point a metre to the left.
    for time in stride(from: 0.0, through: 3, by: 0.25) {
      let p = piece.setpoint(at: time).position
      #expect(abs(((p.x - 2) * (p.x - 2) + (p.y - 2) * (p.y - 2)).squareRoot() - 1) < 0.02)
    }
    let end = piece.setpoint(at: 3)
    #expect((end.position - Vector(3, 2, 1)).norm < 1e-9 && abs(end.yaw - .pi / 2) < 1e-12)
    #expect(end.velocity.y > 0.5 && abs(end.velocity.x) < 1e-9)
  }

  @Test func aTrajectoryBackwardsEndsWhereItBegins() {
    let start = Setpoint(position: Vector(1, 2, 3), yaw: 0.1)
    let middle = Setpoint(position: Vector(2, 2, 3), velocity: Vector(1, 0, 0), yaw: 0.5)
    let end = Setpoint(position: Vector(4, 1, 2), yaw: 1)
    let pieces = [
      TrajectoryPiece(from: start, to: middle, in: 1),
      TrajectoryPiece(from: middle, to: end, in: 2),
    ]
    func trajectory(_ isReversed: Bool) -> PlannedTrajectory {
      PlannedTrajectory(
        pieces, at: 10, slowdown: 2, isReversed: isReversed, relativeTo: nil, isTurned: false)
    }
    let (forwards, back) = (trajectory(false), trajectory(true))
    for time in stride(from: 0.0, through: 6, by: 0.5) {
      let (a, b) = (forwards.setpoint(at: 10 + time), back.setpoint(at: 16 - time))
      #expect((a.position - b.position).norm < 1e-9 && abs(a.yaw - b.yaw) < 1e-9)
      if 0 < time, time < 6 { #expect((a.velocity + b.velocity).norm < 1e-9) }
    }
    #expect(!forwards.isFinished(at: 15.9) && forwards.isFinished(at: 16))
    #expect(forwards.setpoint(at: 99).velocity == .zero)
  }

  @Test func aCompressedTrajectoryIsReadPieceByPiece() throws {
    func words(_ values: [Int16]) -> [UInt8] {
      values.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    }
    // From (1, 0, 0.5) m: x along a line to 2 m in 500 ms, yaw along another to 90°; then z to 1 m.
    let bytes =
      words([1000, 0, 500, 0]) + [0b0100_0001] + words([500, 2000, 900]) + [0b0001_0000]
      + words([1000, 1000]) + [0, 0, 0]
    let pieces = try #require([TrajectoryPiece](compressed: bytes))
    #expect(pieces.count == 2 && pieces.map(\.duration) == [0.5, 1])
    let quarter = pieces[0].setpoint(at: 0.25)
    #expect((quarter.position - Vector(1.5, 0, 0.5)).norm < 1e-12)
    #expect(abs(quarter.yaw - .pi / 4) < 1e-12 && abs(quarter.velocity.x - 2) < 1e-12)
    #expect((pieces[1].setpoint(at: 1).position - Vector(2, 0, 1)).norm < 1e-12)
    #expect([TrajectoryPiece](compressed: bytes.dropLast(3)) == nil)
  }

  @Test func aDroneOnACircleTurnsWithTheThrust() {
    // At ω = 2 rad/s on a radius of 0.5 m, seen by a drone that always looks along x.
    let (w, r) = (2.0, 0.5)
    func setpoint(_ t: Double) -> Setpoint {
      let (s, c) = (w * t).sineAndCosine()
      return Setpoint(
        position: r * Vector(c, s, 0), velocity: r * w * Vector(-s, c, 0),
        acceleration: -r * w * w * Vector(c, s, 0), jerk: r * w * w * w * Vector(s, -c, 0))
    }
    func axis(_ t: Double) -> Vector<World, Double> {
      (setpoint(t).acceleration + Vector(0, 0, 9.81)).normalized
    }
    let (t, h) = (0.4, 1e-5)
    let rates = setpoint(t).bodyRates(gravity: 9.81)
    let change = (axis(t + h) - axis(t - h)) / (2 * h)
    let z = axis(t)
    let y = z.cross(Vector(1, 0, 0)).normalized
    // dz/dt = ω × z, along the body's axes.
    #expect(abs(change.dot(y.cross(z)) - rates.y) < 1e-6 && abs(-change.dot(y) - rates.x) < 1e-6)
  }
}
