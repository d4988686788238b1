package import SpatialMath

extension Shape {
  /// The radius of the sphere about the origin that holds the shape; infinite for a plane. [m]
  package var boundingRadius: Double {
    switch self {
    case .plane: .infinity
    case .box(let size): 0.5 * size.norm
    case .sphere(let radius): radius
    case .cylinder(let radius, let height):
      (radius * radius + 0.25 * height * height).squareRoot()
    case .capsule(let radius, let length): radius + 0.5 * length
    case .convexHull(let points): points.map(\.norm).max() ?? 0
    case .mesh(let mesh): mesh.points.map(\.norm).max() ?? 0
    case .compound(let parts):
      parts.map { $0.position.norm + $0.shape.boundingRadius }.max() ?? 0
    }
  }

  /// The radius of a sphere about the origin that is certainly within the shape; 0 where that would
  /// take some reckoning. [m]
  package var inscribedRadius: Double {
    switch self {
    case .plane, .convexHull, .mesh, .compound: 0
    case .box(let size): 0.5 * min(size.x, size.y, size.z)
    case .sphere(let radius): radius
    case .cylinder(let radius, let height): min(radius, 0.5 * height)
    case .capsule(let radius, _): radius
    }
  }

  /// The half edges of the smallest box about the origin, along the body's axes, that holds the shape.
  /// [m]
  package var halfSize: Vector<Body, Double> {
    switch self {
    case .plane: Vector(.infinity, .infinity, .infinity)
    case .box(let size): 0.5 * size
    case .sphere(let radius): Vector(radius, radius, radius)
    case .cylinder(let radius, let height): Vector(radius, radius, 0.5 * height)
    case .capsule(let radius, let length): Vector(radius, radius, radius + 0.5 * length)
    case .convexHull(let points): points.reduce(.zero) { $0.spread(to: $1) }
    case .mesh(let mesh): mesh.points.reduce(.zero) { $0.spread(to: $1) }
    case .compound(let parts): parts.reduce(.zero) { $0.spread(to: $1.farthest) }
    }
  }

  /// The shape about another origin: a hull of its corners, a cylinder's being those of a prism of 32
  /// sides; a capsule, mesh or compound becomes a compound. [m]
  package func moved(by offset: Vector<Body, Double>) -> Shape {
    guard offset != .zero else { return self }
    switch self {
    case .capsule, .mesh: return .compound([PlacedShape(self, at: offset)])
    case .compound(let parts):
      return .compound(
        parts.map { PlacedShape($0.shape, at: $0.position + offset, attitude: $0.attitude) })
    default: break
    }
    return .convexHull(points: corners.map { $0 + offset })
  }

  private var corners: [Vector<Body, Double>] {
    switch self {
    case .plane, .capsule, .mesh, .compound: return []
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

extension PlacedShape {
  /// How far the part may reach along the axes of the whole. [m]
  fileprivate var farthest: Vector<Body, Double> {
    let (half, matrix) = (shape.halfSize, RotationMatrix(attitude))
    func along(_ row: Vector<Body, Double>, _ offset: Double) -> Double {
      abs(offset) + abs(row.x) * half.x + abs(row.y) * half.y + abs(row.z) * half.z
    }
    return Vector(
      along(matrix.xRow, position.x), along(matrix.yRow, position.y),
      along(matrix.zRow, position.z))
  }
}

extension Vector where S == Double {
  /// The half edges of a box, grown until it holds a point.
  fileprivate func spread(to point: Self) -> Self {
    Self(max(x, abs(point.x)), max(y, abs(point.y)), max(z, abs(point.z)))
  }
}
