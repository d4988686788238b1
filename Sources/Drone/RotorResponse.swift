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

  /// The response of a rotor that follows a command at once.
  @inlinable @inline(__always)
  package init(command: S) { self.init(command: command, decay: .zero, pull: .zero) }

  /// The response of a rotor that rests.
  @inlinable
  package static var none: Self { Self(command: .zero) }

  /// Where the command is another.
  @inlinable @inline(__always)
  package func differs(from other: Self) -> S.Mask {
    // So that one that is not a number is another.
    .!((command .<= other.command) .& (other.command .<= command))
  }

  /// This response, with that of `other` in the lanes where `mask` is true.
  @inlinable @inline(__always)
  package func replacing(with other: Self, where mask: S.Mask) -> Self {
    Self(
      command: command.replacing(with: other.command, where: mask),
      decay: decay.replacing(with: other.decay, where: mask),
      pull: pull.replacing(with: other.pull, where: mask))
  }

  /// The speed a step later. [rpm]
  @inlinable @inline(__always)
  package func next(after speed: S) -> S {
    let gap = command - speed
    return command - decay * gap / (S.one - pull * gap)
  }
}
