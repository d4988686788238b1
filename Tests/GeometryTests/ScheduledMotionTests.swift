import Geometry
import SpatialMath
import Testing

struct ScheduledMotionTests {
  private let quarter = Rotation<Body, World, Double>(
    RollPitchYaw(roll: 0, pitch: 0, yaw: .pi / 2))

  @Test("a body moves and turns evenly between poses, and stays at the last")
  func even() {
    let motion = ScheduledMotion([
      .init(at: 1, Pose(position: Vector(0, 0, 1))),
      .init(at: 3, Pose(position: Vector(4, 0, 1), attitude: quarter)),
    ])
    #expect(motion.pose(at: 0) == motion.pose(at: 1))
    #expect(motion.pose(at: 5).position == Vector(4, 0, 1))
    let middle = motion.pose(at: 2)
    #expect((middle.position - Vector(2, 0, 1)).norm < 1e-15)
    #expect(abs(RollPitchYaw(middle.attitude).yaw - .pi / 4) < 1e-12)
  }

  @Test("a loop starts anew, as often as it likes")
  func loops() {
    let motion = ScheduledMotion(
      [
        .init(at: 0, Pose(position: Vector(0, 0, 0))),
        .init(at: 1, Pose(position: Vector(1, 0, 0))),
        .init(at: 2, Pose(position: Vector(0, 0, 0))),
      ], isLoop: true)
    for time in [0.25, 2.25, 20.25] {
      #expect(abs(motion.pose(at: time).position.x - 0.25) < 1e-12)
    }
    #expect(abs(motion.pose(at: 3.5).position.x - 0.5) < 1e-12)
  }

  @Test("parts of parts stand where both say, and bounds hold them")
  func compounds() {
    let turn = Rotation<Body, Body, Double>(rotationVector: Vector(0, 0, .pi / 2))
    let inner = Shape.compound([PlacedShape(.sphere(radius: 0.5), at: Vector(1, 0, 0))])
    let outer = Shape.compound([PlacedShape(inner, at: Vector(0, 0, 2), attitude: turn)])
    #expect(outer.parts.count == 1)
    #expect((outer.parts[0].position - Vector(0, 1, 2)).norm < 1e-12)
    #expect(outer.boundingRadius >= 5.0.squareRoot() + 0.5 - 1e-12)
    let half = outer.halfSize
    #expect(half.y >= 1.5 - 1e-12 && half.z >= 2.5 - 1e-12)
    let moved = Shape.capsule(radius: 1, length: 2).moved(by: Vector(1, 0, 0))
    #expect(abs(moved.halfSize.x - 2) < 1e-12 && abs(moved.halfSize.z - 2) < 1e-12)
  }
}
