import Geometry
package import SpatialMath

extension Mesh {
  /// The surface of the convex hull of some points.
  ///
  /// - Throws: ``RenderingError`` if a coordinate is not finite or too large, or if the points lie in a
  ///   plane.
  package init(hullOf points: [Vector<Body, Double>]) throws(RenderingError) {
    try self.init(corners: points, triangles: [])
    guard let hull = ConvexHull(points) else { throw .flatHull }
    self.init(checked: hull.corners, hull.triangles)
  }
}
