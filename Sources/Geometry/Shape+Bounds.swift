public import SpatialMath

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

  /// The radius of a sphere about the origin that is certainly within the shape; 0 for a hull. [m]
  public var inscribedRadius: Double {
    switch self {
    case .plane, .convexHull: 0
    case .box(let size): 0.5 * min(size.x, size.y, size.z)
    case .sphere(let radius): radius
    case .cylinder(let radius, let height): min(radius, 0.5 * height)
    }
  }

  /// The half edges of the smallest box about the origin, along the body's axes, that holds the shape.
  /// [m]
  public var halfSize: Vector<Body, Double> {
    switch self {
    case .plane: Vector(.infinity, .infinity, .infinity)
    case .box(let size): 0.5 * size
    case .sphere(let radius): Vector(radius, radius, radius)
    case .cylinder(let radius, let height): Vector(radius, radius, 0.5 * height)
    case .convexHull(let points):
      points.reduce(.zero) {
        Vector(max($0.x, abs($1.x)), max($0.y, abs($1.y)), max($0.z, abs($1.z)))
      }
    }
  }

  /// The shape about another origin: a hull of its corners, a cylinder's being those of a prism of 32
  /// sides. [m]
  public func moved(by offset: Vector<Body, Double>) -> Shape {
    guard offset != .zero else { return self }
    return .convexHull(points: corners.map { $0 + offset })
  }

  private var corners: [Vector<Body, Double>] {
    switch self {
    case .plane: return []
    case .box(let size):
      return (0..<8).map { corner in
        Vector(
          (corner & 1 == 0 ? -0.5 : 0.5) * size.x, (corner & 2 == 0 ? -0.5 : 0.5) * size.y,
          (corner & 4 == 0 ? -0.5 : 0.5) * size.z)
      }
    case .cylinder(let radius, let height): return prism(radius: radius, height: height, sides: 32)
    case .sphere(let radius): return sphere(radius: radius)
    case .convexHull(let points): return points
    }
  }

  /// Seven rings of 16 corners between two poles.
  private func sphere(radius: Double) -> [Vector<Body, Double>] {
    var corners = [Vector<Body, Double>(0, 0, radius), Vector(0, 0, -radius)]
    for ring in 1...7 {
      let (sine, cosine) = (Double(ring) * .pi / 8).sineAndCosine()
      corners += prism(radius: radius * sine, height: 0, sides: 16).prefix(16)
        .map { $0 + Vector(0, 0, radius * cosine) }
    }
    return corners
  }

  private func prism(radius: Double, height: Double, sides: Int) -> [Vector<Body, Double>] {
    [-0.5 * height, 0.5 * height].flatMap { z in
      (0..<sides).map { side in
        let (sine, cosine) = (2 * .pi * Double(side) / Double(sides)).sineAndCosine()
        return Vector(radius * cosine, radius * sine, z)
      }
    }
  }
}
