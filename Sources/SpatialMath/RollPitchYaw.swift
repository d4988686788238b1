/// An attitude as people read it: turned by yaw about z, then by pitch about the new y, then by roll
/// about the new x (intrinsic ZYX, R = Rz(yaw) Ry(pitch) Rx(roll)).
@frozen
public struct RollPitchYaw<S: Lanes>: Sendable, BitwiseCopyable, Equatable {
  /// The angle about the body's x axis, from −π to π. [rad]
  public var roll: S
  /// The angle about the y axis, from −π/2 to π/2. [rad]
  public var pitch: S
  /// The angle about the world's z axis, from −π to π. [rad]
  public var yaw: S

  /// The attitude with these angles.
  @inlinable
  public init(roll: S, pitch: S, yaw: S) {
    (self.roll, self.pitch, self.yaw) = (roll, pitch, yaw)
  }

  /// The angles of an attitude.
  ///
  /// Where the nose points straight up or down (|sin(pitch)| ≥ 0.99999) only the sum or difference
  /// of roll and yaw is defined, and roll is reported as 0.
  @inlinable
  public init(_ q: Rotation<Body, World, S>) {
    let sinePitch = S(-2) * (q.x * q.z - q.w * q.y)
    let (xx, yy, zz, ww) = (q.x * q.x, q.y * q.y, q.z * q.z, q.w * q.w)
    let isUp = S(0.99999) .<= sinePitch
    let isDown = sinePitch .<= S(-0.99999)
    let isVertical = isUp .| isDown

    let freeRoll = S.arcTangent(y: S(2) * (q.y * q.z + q.w * q.x), x: ww - xx - yy + zz)
    let freeYaw = S.arcTangent(y: S(2) * (q.x * q.y + q.w * q.z), x: ww + xx - yy - zz)
    let freePitch = sinePitch.clamped(from: -S.one, to: .one).arcSine()

    roll = freeRoll.replacing(with: .zero, where: isVertical)
    pitch = freePitch.replacing(with: S(.pi / 2), where: isUp)
      .replacing(with: S(-.pi / 2), where: isDown)
    let sign = S.one.replacing(with: -S.one, where: isUp)
    yaw = freeYaw.replacing(
      with: S(2) * S.arcTangent(y: sign * q.x, x: -sign * q.y), where: isVertical)
  }

  /// Where an attitude is less than a quarter turn from level in both roll and pitch, by the world's z axis
  /// as the body sees it, (−sin pitch, cos pitch sin roll, cos pitch cos roll).
  @inlinable @inline(__always)
  package static func isUpright(_ up: Vector<Body, S>) -> S.Mask {
    (.zero .< up.z) .& (up.x.magnitude .< S(0.99999))
  }
}

extension Rotation where Source == Body, Target == World {
  /// The attitude with these angles.
  @inlinable
  public init(_ angles: RollPitchYaw<S>) {
    let half = S(0.5)
    let (sr, cr) = (half * angles.roll).sineAndCosine()
    let (sp, cp) = (half * angles.pitch).sineAndCosine()
    let (sy, cy) = (half * angles.yaw).sineAndCosine()
    self.init(
      x: sr * cp * cy - cr * sp * sy, y: cr * sp * cy + sr * cp * sy,
      z: cr * cp * sy - sr * sp * cy, w: cr * cp * cy + sr * sp * sy)
  }
}
