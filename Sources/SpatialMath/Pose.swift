/// Where a body is, and how it is turned.
@frozen
public struct Pose<S: Lanes>: Sendable, BitwiseCopyable, Equatable {
  /// The body's origin, in the world. [m]
  public var position: Vector<World, S>
  /// The rotation from the body to the world. [–]
  public var attitude: Rotation<Body, World, S>

  /// The pose with this position and attitude.
  @inlinable
  public init(
    position: Vector<World, S> = .zero, attitude: Rotation<Body, World, S> = .identity
  ) {
    (self.position, self.attitude) = (position, attitude)
  }
}
