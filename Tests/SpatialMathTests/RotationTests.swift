import Randomness
import SpatialMath
import Testing

struct RotationTests {
  private typealias Turn = Rotation<World, World, Double>

  private func vector<F: Frame>(_ random: inout SplitMix64, _ size: Double) -> Vector<F, Double> {
    Vector(
      random.uniform(in: -size...size), random.uniform(in: -size...size),
      random.uniform(in: -size...size))
  }

  @Test("turning about z by a quarter takes x to y")
  func quarterTurn() {
    let turned = Turn(rotationVector: Vector(0, 0, .pi / 2))(Vector(1, 0, 0))
    #expect((turned - Vector(0, 1, 0)).norm < 4e-15)
  }

  @Test("keeps lengths, angles and handedness", arguments: 0..<100 as Range<UInt64>)
  func isOrthogonal(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let turn = Turn(rotationVector: vector(&random, 10))
    let a: Vector<World, Double> = vector(&random, 1)
    let b: Vector<World, Double> = vector(&random, 1)
    #expect(abs(turn(a).dot(turn(b)) - a.dot(b)) < 1e-14)
    #expect((turn(a.cross(b)) - turn(a).cross(turn(b))).norm < 1e-14)
  }

  @Test("the inverse undoes it, for matrix and quaternion", arguments: 0..<100 as Range<UInt64>)
  func inverse(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let turn = Turn(rotationVector: vector(&random, 10))
    let v: Vector<World, Double> = vector(&random, 1)
    #expect((turn.inverse(turn(v)) - v).norm < 4e-15)
    #expect((RotationMatrix(turn).inverse(turn(v)) - v).norm < 4e-15)
  }

  @Test("first one, then the other", arguments: 0..<100 as Range<UInt64>)
  func composition(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let (a, b) = (
      Turn(rotationVector: vector(&random, 3)), Turn(rotationVector: vector(&random, 3))
    )
    let v: Vector<World, Double> = vector(&random, 1)
    #expect((b.after(a)(v) - b(a(v))).norm < 4e-15)
  }

  @Test("turns about one axis add up", arguments: 0..<100 as Range<UInt64>)
  func turnsAdd(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let axis: Vector<World, Double> = vector(&random, 5)
    let (s, t) = (random.uniform(in: -1...1), random.uniform(in: -1...1))
    let sum = Turn(rotationVector: (s + t) * axis)
    let steps = Turn(rotationVector: s * axis).after(Turn(rotationVector: t * axis))
    let v: Vector<World, Double> = vector(&random, 1)
    #expect((sum(v) - steps(v)).norm < 1e-14)
  }

  @Test("roll, pitch and yaw go there and back", arguments: 0..<200 as Range<UInt64>)
  func anglesRoundTrip(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let angles = RollPitchYaw(
      roll: random.uniform(in: -3.1...3.1), pitch: random.uniform(in: -1.5...1.5),
      yaw: random.uniform(in: -3.1...3.1))
    let back = RollPitchYaw(Rotation(angles))
    #expect(abs(back.roll - angles.roll) < 1e-12)
    #expect(abs(back.pitch - angles.pitch) < 1e-12)
    #expect(abs(back.yaw - angles.yaw) < 1e-12)
  }

  @Test("yaw turns about the world's z, pitch up points the nose down, roll drops the right side")
  func anglesHaveTheirSigns() {
    let nose = Vector<Body, Double>(1, 0, 0)
    let left = Vector<Body, Double>(0, 1, 0)
    #expect(Rotation(RollPitchYaw(roll: 0, pitch: 0, yaw: 0.1))(nose).y > 0.09)
    #expect(Rotation(RollPitchYaw(roll: 0, pitch: 0.1, yaw: 0))(nose).z < -0.09)
    #expect(Rotation(RollPitchYaw(roll: 0.1, pitch: 0, yaw: 0))(left).z > 0.09)
  }

  @Test("a nose that points straight up has a yaw and no roll")
  func gimbal() {
    let up = RollPitchYaw(Rotation(RollPitchYaw(roll: 0, pitch: -.pi / 2, yaw: 0.7)))
    #expect(up.roll == 0 && up.pitch == -.pi / 2)
    #expect(abs(up.yaw - 0.7) < 1e-6)
    let down = RollPitchYaw(Rotation(RollPitchYaw(roll: 0, pitch: .pi / 2, yaw: 0.7)))
    #expect(down.roll == 0 && down.pitch == .pi / 2)
    #expect(abs(down.yaw - 0.7) < 1e-6)
  }

  @Test(
    "a rotation matrix gives its rotation back, w at 0 or above",
    arguments: 0..<200 as Range<UInt64>)
  func matrix(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    // Half of them by nearly half a turn, where w is no measure of anything.
    let axis: Vector<World, Double> = vector(&random, 1)
    let angle = seed % 2 == 0 ? random.uniform(in: 0...3) : Double.pi - random.uniform(in: 0...1e-6)
    let turn = Turn(rotationVector: angle * axis.normalized)
    let back = Turn(RotationMatrix(turn))
    let sign = turn.w < 0 ? -1.0 : 1
    #expect(back.w >= 0)
    #expect(abs(back.squaredNorm - 1) < 1e-15)
    for (found, expected) in [
      (back.x, turn.x), (back.y, turn.y), (back.z, turn.z), (back.w, turn.w),
    ] {
      #expect(abs(found - sign * expected) < 2e-15, "seed \(seed)")
    }
  }

  @Test("half turns about the axes come back from their matrices")
  func halfTurns() {
    for axis in [Vector<World, Double>(1, 0, 0), Vector(0, 1, 0), Vector(0, 0, 1)] {
      let turn = Turn(x: axis.x, y: axis.y, z: axis.z, w: 0)
      #expect(Turn(RotationMatrix(turn)) == turn)
    }
  }

  @Test(
    "aligns an axis with a direction, by the shortest turn", arguments: 0..<200 as Range<UInt64>)
  func aligning(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let axis: Vector<Body, Double> = vector(&random, 3)
    let direction: Vector<World, Double> = vector(&random, 3)
    let turn = Rotation<Body, World, Double>(aligning: axis, with: direction)
    #expect((turn(axis.normalized) - direction.normalized).norm < 1e-14)
    let angle =
      2
      * Double.arcTangent(
        y: Vector<World, Double>(turn.x, turn.y, turn.z).norm, x: turn.w)
    let cosine = axis.normalized.dot(Vector(direction.x, direction.y, direction.z).normalized)
    #expect(abs(angle.cosine() - cosine) < 4e-15, "seed \(seed)")
    let opposite = Rotation<Body, World, Double>(
      aligning: axis, with: Vector(-axis.x, -axis.y, -axis.z))
    let turned = opposite(axis)
    #expect((turned + Vector(axis.x, axis.y, axis.z)).norm < 1e-15 * 8 * axis.norm)
  }

  @Test("rotations over lanes are those of each lane")
  func lanes() {
    var random = SplitMix64(seed: 7)
    var axes = Vector<World, DoubleLanes>.zero
    for lane in 0..<4 { axes[lane: lane] = vector(&random, 3) }
    let matrices = RotationMatrix(Rotation<World, World, DoubleLanes>(rotationVector: axes))
    let turns = Rotation(matrices)
    let aligned = Rotation<World, World, DoubleLanes>(aligning: axes, with: matrices.xAxis)
    for lane in 0..<4 {
      #expect(turns[lane: lane] == Rotation(matrices[lane: lane]))
      #expect(
        aligned[lane: lane]
          == Rotation(aligning: axes[lane: lane], with: matrices[lane: lane].xAxis))
    }
  }
}
