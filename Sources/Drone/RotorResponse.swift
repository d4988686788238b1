public import SpatialMath

/// How the speed of a rotor responds to a command that stays: what is the same in all steps of the same
/// length, since a speed never overshoots, and so rises or falls all the way.
@frozen
@usableFromInline
package struct RotorResponse<S: Lanes>: Sendable, BitwiseCopyable {
  /// The command. [rpm]
  @usableFromInline package var command: S
  /// What is left of a small gap after a step, D; 0 without lag. [–]
  @usableFromInline package var decay: S
  /// The square term's share, c2 (1 − D) / k. [1/rpm]
  @usableFromInline package var pull: S

  @inlinable @inline(__always)
  init(command: S, decay: S, pull: S) {
    (self.command, self.decay, self.pull) = (command, decay, pull)
  }

  /// The response of a rotor that rests.
  @inlinable
  package static var none: Self { Self(command: .zero, decay: .zero, pull: .zero) }

  /// The speed a step later. [rpm]
  @inlinable @inline(__always)
  package func next(after speed: S) -> S {
    let gap = command - speed
    return command - decay * gap / (S.one - pull * gap)
  }
}
