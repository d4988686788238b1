package import SpatialMath

extension Mesh {
  /// The surface of the convex hull of some points.
  ///
  /// Point by point: the faces that a new point sees give way to a cone from the point to their rim.
  ///
  /// - Throws: ``RenderingError`` if a coordinate is not finite or too large, or if the points lie in a
  ///   plane.
  package init(hullOf points: [Vector<Body, Double>]) throws(RenderingError) {
    try self.init(corners: points, triangles: [])
    guard var hull = Hull(points) else { throw .flatHull }
    for point in points.indices { hull.grow(to: point) }
    self.init(
      checked: points,
      hull.faces.map { SIMD3(Int32($0[0]), Int32($0[1]), Int32($0[2])) })
  }
}

/// A convex solid between some of the points, growing.
private struct Hull {
  typealias Point = Vector<Body, Double>

  let points: [Point]
  /// By how much a point must be above a face to see it. [m]
  let tolerance: Double
  var faces: [SIMD3<Int>] = []

  /// The tetrahedron of four points that are far apart, if there are any.
  init?(_ points: [Point]) {
    self.points = points
    let size = points.map(\.norm).max() ?? 0
    tolerance = 1e-9 * size
    func farthest(_ measure: (Point) -> Double) -> Int? {
      let best = points.indices.max { measure(points[$0]) < measure(points[$1]) }
      return best.flatMap { measure(points[$0]) > 1e-6 * size ? $0 : nil }
    }
    guard let first = points.indices.first,
      let second = farthest({ ($0 - points[first]).norm })
    else { return nil }
    let edge = points[second] - points[first]
    guard let third = farthest({ edge.cross($0 - points[first]).norm / edge.norm }) else {
      return nil
    }
    let normal = edge.cross(points[third] - points[first])
    guard let fourth = farthest({ abs(normal.dot($0 - points[first])) / normal.norm }) else {
      return nil
    }
    let isAbove = normal.dot(points[fourth] - points[first]) > 0
    let (a, b, c) = isAbove ? (first, third, second) : (first, second, third)
    faces = [[a, b, c], [b, a, fourth], [c, b, fourth], [a, c, fourth]]
  }

  /// Whether a point is above a face.
  func sees(_ point: Int, _ face: SIMD3<Int>) -> Bool {
    let origin = points[face[0]]
    let normal = (points[face[1]] - origin).cross(points[face[2]] - origin)
    return normal.dot(points[point] - origin) > tolerance * normal.norm
  }

  mutating func grow(to point: Int) {
    let seen = faces.filter { sees(point, $0) }
    guard !seen.isEmpty else { return }
    let edges = Set(seen.flatMap { [SIMD2($0[0], $0[1]), [$0[1], $0[2]], [$0[2], $0[0]]] })
    faces = faces.filter { !sees(point, $0) }
    // Sorted, so that the order of faces does not change from run to run.
    let rim = edges.filter { !edges.contains([$0[1], $0[0]]) }
    for edge in rim.sorted(by: { ($0[0], $0[1]) < ($1[0], $1[1]) }) {
      faces.append([edge[0], edge[1], point])
    }
  }
}
