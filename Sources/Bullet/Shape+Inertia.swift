internal import Geometry
internal import SpatialMath

extension Shape {
  /// The moments of inertia of a mass that fills the shape evenly, about the body's axes. [kg·m²]
  ///
  /// A hull counts as the box that bounds it.
  func inertia(ofMass mass: Double) throws(BulletError) -> Vector<Body, Double> {
    switch self {
    case .plane:
      throw .movingPlane
    case .box(let size):
      let squares = size.scaled(by: size)
      return (mass / 12)
        * Vector(squares.y + squares.z, squares.z + squares.x, squares.x + squares.y)
    case .sphere(let radius):
      let moment = 0.4 * mass * radius * radius
      return Vector(moment, moment, moment)
    case .cylinder(let radius, let height):
      let across = mass * (3 * radius * radius + height * height) / 12
      return Vector(across, across, mass * radius * radius / 2)
    case .convexHull(let points):
      var (low, high) = (points[0], points[0])
      for p in points {
        low = Vector(min(low.x, p.x), min(low.y, p.y), min(low.z, p.z))
        high = Vector(max(high.x, p.x), max(high.y, p.y), max(high.z, p.z))
      }
      return try Shape.box(size: high - low).inertia(ofMass: mass)
    }
  }
}
