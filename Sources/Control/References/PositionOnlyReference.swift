import SpatialMath

/// The positions and headings of another reference, with velocity zero.
///
/// So gym-pybullet-drones' examples fly: their way points carry no velocity.
package struct PositionOnlyReference: Reference {
  private let base: any Reference

  /// The positions of another reference.
  package init(_ base: any Reference) { self.base = base }

  package var duration: Double? { base.duration }

  package func setpoint(at time: Double) -> Setpoint {
    let setpoint = base.setpoint(at: time)
    return Setpoint(position: setpoint.position, yaw: setpoint.yaw)
  }
}
