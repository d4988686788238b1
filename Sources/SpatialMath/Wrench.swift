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

extension Wrench {
  /// The wrench of what `transform` makes of the components.
  @inlinable @inline(__always)
  public func map<T: Lanes>(_ transform: (S) -> T) -> Wrench<F, T> {
    Wrench<F, T>(force: force.map(transform), torque: torque.map(transform))
  }

  /// Lets `put` write each component of another wrench into that of this one.
  @inlinable @inline(__always)
  public mutating func update<T: Lanes>(from w: Wrench<F, T>, _ put: (inout S, T) -> Void) {
    force.update(from: w.force, put)
    torque.update(from: w.torque, put)
  }
}
