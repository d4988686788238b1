public import SpatialMath

/// The outline of a body, about the body's origin.
public enum Shape: Sendable, Equatable {
  /// The half space below the body's xy plane.
  case plane
  /// A box about the origin, given by its full edges. [m]
  case box(size: Vector<Body, Double>)
  /// A sphere about the origin.
  case sphere(radius: Double)
  /// A cylinder about the origin, its axis along z.
  case cylinder(radius: Double, height: Double)
  /// The convex hull of some points. [m]
  case convexHull(points: [Vector<Body, Double>])
}
