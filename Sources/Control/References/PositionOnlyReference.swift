import SpatialMath

/// A reference that asks for the positions and headings of another, and for velocity zero.
///
/// So gym-pybullet-drones' examples fly: their way points carry no velocity.
public struct PositionOnlyReference: Reference {
  private let base: any Reference

  /// The positions of another reference.
  public init(_ base: any Reference) { self.base = base }

  public var duration: Double? { base.duration }

  public func setpoint(at time: Double) -> Setpoint {
    let setpoint = base.setpoint(at: time)
    return Setpoint(position: setpoint.position, yaw: setpoint.yaw)
  }
}
