package import SpatialMath

/// The box that a drawn world fills.
package struct Area: Sendable, Equatable {
  /// The middle of its ground. [m]
  package var center: Vector<World, Double>
  /// Its edges along x, y and z. [m]
  package var size: Vector<World, Double>

  /// A box that stands on a place.
  package init(center: Vector<World, Double> = .zero, size: Vector<World, Double>) {
    (self.center, self.size) = (center, size)
  }

  /// How large its ground is. [m²]
  package var ground: Double { size.x * size.y }
}
