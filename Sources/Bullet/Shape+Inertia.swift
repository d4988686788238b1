internal import Geometry
internal import SpatialMath

extension Shape {
  /// The moments of inertia of a mass that fills the shape evenly, about the body's axes. [kg·m²]
  ///
  /// A hull counts as the box that bounds it, and so does a compound, about its own origin.
  func inertia(ofMass mass: Double) throws(BulletError) -> Vector<Body, Double> {
    switch self {
    case .plane, .mesh:
      throw .hollow
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
    case .capsule(let radius, let length):
      // A cylinder and two half spheres, each with its share of the mass by volume.
      let ball = mass * 4 * radius / (4 * radius + 3 * length)
      let rod = mass - ball
      let across =
        rod * (3 * radius * radius + length * length) / 12
        + ball * (0.4 * radius * radius + 0.25 * length * length + 0.375 * radius * length)
      return Vector(across, across, (0.5 * rod + 0.4 * ball) * radius * radius)
    case .compound(let parts):
      for part in self.parts { _ = try part.shape.inertia(ofMass: mass) }
      guard !parts.isEmpty else { throw .emptyCompound }
      return try Shape.box(size: 2 * halfSize).inertia(ofMass: mass)
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
