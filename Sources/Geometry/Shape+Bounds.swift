import SpatialMath

extension Shape {
  /// The radius of the sphere about the origin that holds the shape; infinite for a plane. [m]
  public var boundingRadius: Double {
    switch self {
    case .plane: .infinity
    case .box(let size): 0.5 * size.norm
    case .sphere(let radius): radius
    case .cylinder(let radius, let height):
      (radius * radius + 0.25 * height * height).squareRoot()
    case .convexHull(let points): points.map(\.norm).max() ?? 0
    }
  }
}
