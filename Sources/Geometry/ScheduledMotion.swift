public import SpatialMath

/// A motion that is scheduled beforehand, such as a door's or a lift's: nothing that is in the way
/// stops it.
public struct ScheduledMotion: Sendable, Equatable {
  /// Where a body is at one time.
  public struct Keyframe: Sendable, Equatable {
    /// The time. [s]
    package var time: Double
    /// The pose then.
    package var pose: Pose<Double>

    /// A pose at a time.
    public init(at time: Double, _ pose: Pose<Double>) { (self.time, self.pose) = (time, pose) }
  }

  /// The poses between which the body moves evenly, by rising times.
  package let keyframes: [Keyframe]
  /// Whether it starts anew after the last.
  package let isLoop: Bool

  /// The motion from pose to pose.
  ///
  /// - Parameters:
  ///   - keyframes: At least one, by rising times; the last pose is kept, unless the motion loops.
  ///   - isLoop: Whether it starts anew after the last, which should then be where the first is.
  public init(_ keyframes: [Keyframe], isLoop: Bool = false) {
    precondition(!keyframes.isEmpty, "a motion has at least one pose")
    precondition(
      zip(keyframes, keyframes.dropFirst()).allSatisfy { $0.time < $1.time },
      "the times of a motion rise")
    (self.keyframes, self.isLoop) = (keyframes, isLoop)
  }

  /// Where the body is at a time. [s]
  package func pose(at time: Double) -> Pose<Double> {
    let (first, last) = (keyframes[0], keyframes[keyframes.count - 1])
    var time = time
    if isLoop, last.time > first.time, time > first.time {
      time =
        first.time
        + (time - first.time).truncatingRemainder(dividingBy: last.time - first.time)
    }
    guard time > first.time else { return first.pose }
    guard let next = keyframes.firstIndex(where: { $0.time > time }) else { return last.pose }
    let (from, to) = (keyframes[next - 1], keyframes[next])
    let share = (time - from.time) / (to.time - from.time)
    let turn = to.pose.attitude.after(from.pose.attitude.inverse).rotationVector
    return Pose(
      position: from.pose.position + share * (to.pose.position - from.pose.position),
      attitude: Rotation<World, World, Double>(rotationVector: share * turn)
        .after(from.pose.attitude).normalized)
  }
}

extension Rotation where Source == Target, S == Double {
  /// The rotation's axis times its angle, up to half a turn. [rad]
  package var rotationVector: Vector<Source, Double> {
    let sign = w < 0 ? -1.0 : 1.0
    let v = sign * Vector<Source, Double>(x, y, z)
    let sine = v.norm
    guard sine > 0 else { return .zero }
    let angle = 2 * Double.arcTangent(y: sine, x: sign * w)
    return (angle / sine) * v
  }
}
