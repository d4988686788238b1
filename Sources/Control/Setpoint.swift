public import SpatialMath

/// Where a drone should be, and how it should move there, at one instant.
public struct Setpoint: Sendable, Equatable, BitwiseCopyable {
  /// The position, in the world. [m]
  public var position: Vector<World, Double>
  /// The velocity, in the world. [m/s]
  public var velocity: Vector<World, Double>
  /// The heading. [rad]
  public var yaw: Double

  /// A setpoint.
  public init(
    position: Vector<World, Double> = .zero, velocity: Vector<World, Double> = .zero,
    yaw: Double = 0
  ) {
    (self.position, self.velocity, self.yaw) = (position, velocity, yaw)
  }
}
