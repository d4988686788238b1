/// A force and a torque about the origin of its frame.
@frozen
public struct Wrench<F: Frame, S: Lanes>: Sendable, BitwiseCopyable, Equatable {
  /// The force. [N]
  public var force: Vector<F, S>
  /// The torque about the origin of the frame. [N·m]
  public var torque: Vector<F, S>

  /// The wrench of a force and a torque.
  @inlinable @inline(__always)
  public init(force: Vector<F, S>, torque: Vector<F, S>) {
    (self.force, self.torque) = (force, torque)
  }

  /// No force and no torque.
  @inlinable @inline(__always)
  public static var zero: Self { Self(force: .zero, torque: .zero) }

  /// The sum.
  @inlinable @inline(__always)
  public static func + (a: Self, b: Self) -> Self {
    Self(force: a.force + b.force, torque: a.torque + b.torque)
  }

  /// Adds a wrench.
  @inlinable @inline(__always)
  public static func += (a: inout Self, b: Self) { a = a + b }
}
