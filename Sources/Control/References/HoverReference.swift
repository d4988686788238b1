import Parameters
package import SpatialMath

/// A point to stay at.
package struct HoverReference: Reference {
  private let point: Setpoint

  /// Staying at a position with a heading. [m, rad]
  package init(at position: Vector<World, Double>, yaw: Double = 0) {
    point = Setpoint(position: position, yaw: yaw)
  }

  package func setpoint(at time: Double) -> Setpoint { point }
}

extension HoverReference {
  static let entry = ReferenceCatalogue.Entry(
    name: "hover", summary: "a point to stay at",
    parameters: .startPosition("at", "the point"), .heading()
  ) { position, yaw in HoverReference(at: position, yaw: yaw) }
}
