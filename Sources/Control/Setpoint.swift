public import SpatialMath

/// Where a drone should be, and how it should move there, at one instant.
public struct Setpoint: Sendable, Equatable, BitwiseCopyable {
  /// The position, in the world. [m]
  public var position: Vector<World, Double>
  /// The velocity, in the world. [m/s]
  public var velocity: Vector<World, Double>
  /// The acceleration, in the world. [m/s²]
  public var acceleration: Vector<World, Double>
  /// The rate of change of the acceleration, in the world. [m/s³]
  public var jerk: Vector<World, Double>
  /// The heading. [rad]
  public var yaw: Double
  /// The rate of change of the heading. [rad/s]
  public var yawRate: Double

  /// A setpoint.
  @inlinable
  public init(
    position: Vector<World, Double> = .zero, velocity: Vector<World, Double> = .zero,
    acceleration: Vector<World, Double> = .zero, jerk: Vector<World, Double> = .zero,
    yaw: Double = 0, yawRate: Double = 0
  ) {
    (self.position, self.velocity) = (position, velocity)
    (self.acceleration, self.jerk) = (acceleration, jerk)
    (self.yaw, self.yawRate) = (yaw, yawRate)
  }
}
