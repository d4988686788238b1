package import SpatialMath

/// The convex hull of some points: a solid with flat faces of three corners or more.
package struct ConvexHull: Sendable, Equatable {
  /// A flat face.
  package struct Face: Sendable, Equatable {
    /// Which way is out. [–]
    package let normal: Vector<Body, Double>
    /// How far its plane is from the origin, along the normal. [m]
    package let offset: Double
    /// Indices of ``ConvexHull/corners``, counterclockwise as seen from outside.
    package fileprivate(set) var corners: [Int]
  }

  /// The corners, each once, in the order in which the faces name them. [m]
  package private(set) var corners: [Vector<Body, Double>] = []
  package private(set) var faces: [Face] = []

  /// The hull of some points; nil where they nearly lie in a plane.
  package init?(_ points: [Vector<Body, Double>]) {
    let slack = flatness * extent(of: points)
    var distinct: [Vector<Body, Double>] = []
    for point in points where !distinct.contains(where: { ($0 - point).norm <= slack }) {
      distinct.append(point)
    }
    var wrapping = Wrapping(distinct)
    faces = wrapping.wrap()
    var numbers: [Int: Int] = [:]
    for face in faces.indices {
      for (place, point) in faces[face].corners.enumerated() {
        if numbers[point] == nil {
          numbers[point] = corners.count
          corners.append(distinct[point])
        }
        faces[face].corners[place] = numbers[point] ?? 0
      }
    }
    guard faces.count >= 4, depth > 10 * flatness * extent(of: corners) else { return nil }
  }

  /// Three indices of ``corners`` each: the faces, cut into triangles from their first corner.
  package var triangles: [SIMD3<Int32>] {
    faces.flatMap { face in
      (1..<face.corners.count - 1).map { place in
        SIMD3(
          Int32(face.corners[0]), Int32(face.corners[place]), Int32(face.corners[place + 1]))
      }
    }
  }

  /// The distance from the mean of the corners to the nearest face. [m]
  private var depth: Double {
    let mean = (1 / Double(corners.count)) * corners.reduce(.zero, +)
    return faces.map { $0.offset - $0.normal.dot(mean) }.min() ?? 0
  }
}

/// How far points may stray from a plane and still count as on it, for a body of size 1. [–]
private let flatness = 1e-9

/// The largest distance of a point from the first. [m]
private func extent(of points: [Vector<Body, Double>]) -> Double {
  points.map { ($0 - points[0]).norm }.max() ?? 0
}

/// Wraps points like a gift: from a face over each of its edges to the next face.
private struct Wrapping {
  private let points: [Vector<Body, Double>]
  private let size: Double
  private var found: [ConvexHull.Face] = []
  /// Whether a face has the edge from one point to another.
  private var crossed: [Bool]

  init(_ points: [Vector<Body, Double>]) {
    self.points = points
    size = extent(of: points)
    crossed = Array(repeating: false, count: points.count * points.count)
  }

  /// The faces; none where they do not close.
  mutating func wrap() -> [ConvexHull.Face] {
    guard start() else { return [] }
    var face = 0
    while face < found.count, found.count < 2 * points.count {
      let (ring, normal) = (found[face].corners, found[face].normal)
      for (a, b) in Self.edges(of: ring) where !crossed[b * points.count + a] {
        if let next = tilt(at: points[a], along: points[b] - points[a], normal) {
          _ = add(points[a], next)
        }
      }
      face += 1
    }
    let isClosed = found.allSatisfy { face in
      Self.edges(of: face.corners).allSatisfy { crossed[$1 * points.count + $0] }
    }
    return isClosed ? found : []
  }

  private static func edges(of ring: [Int]) -> [(Int, Int)] {
    ring.indices.map { (ring[$0], ring[($0 + 1) % ring.count]) }
  }

  /// Tilts a plane that rests on the lowest point until it rests on a face.
  private mutating func start() -> Bool {
    guard let lowest = points.min(by: { $0.z < $1.z }) else { return false }
    var normal = Vector<Body, Double>(0, 0, -1)
    var along = Vector<Body, Double>(1, 0, 0)
    for _ in 0..<3 {
      if add(lowest, normal) { break }
      for member in members(lowest, normal) {
        let line = points[member] - lowest
        if line.norm > flatness * size { along = line }
      }
      guard let next = tilt(at: lowest, along: along, normal) else { return false }
      normal = next
    }
    return !found.isEmpty
  }

  /// Turns a plane with all points on its inner side about a line in it, away from the points that are
  /// on it, until it meets another; nil if there is none.
  private func tilt(
    at a: Vector<Body, Double>, along: Vector<Body, Double>, _ normal: Vector<Body, Double>
  ) -> Vector<Body, Double>? {
    guard let inward = direction(of: normal.cross(along)) else { return nil }
    var (least, met) = (Double.infinity, a)
    for point in points {
      let depth = -(point - a).dot(normal)
      guard depth > flatness * size else { continue }
      let slope = (point - a).dot(inward) / depth
      if slope < least { (least, met) = (slope, point) }
    }
    return least < .infinity ? direction(of: (met - a).cross(along)) : nil
  }

  /// The direction of a vector; nil if it has none.
  private func direction(of vector: Vector<Body, Double>) -> Vector<Body, Double>? {
    let length = vector.norm
    return length > 0 ? (1 / length) * vector : nil
  }

  /// The points in a plane.
  private func members(_ a: Vector<Body, Double>, _ normal: Vector<Body, Double>) -> [Int] {
    points.indices.filter { abs((points[$0] - a).dot(normal)) <= flatness * size }
  }

  /// Adds the face in a plane, unless it is known; false if it is no more than an edge.
  private mutating func add(_ a: Vector<Body, Double>, _ normal: Vector<Body, Double>) -> Bool {
    let resting = members(a, normal)
    // Points that nearly lie in a plane or a line may leave no direction for a face.
    guard !resting.isEmpty else { return false }
    var ring = Ring(points, along: normal).around(resting, slack: flatness * size * size)
    guard ring.count >= 3 else { return false }
    let first = ring.indices.min { ring[$0] < ring[$1] } ?? 0
    ring = Array(ring[first...] + ring[..<first])
    guard !found.contains(where: { $0.corners == ring }) else { return true }
    for (a, b) in Self.edges(of: ring) { crossed[a * points.count + b] = true }
    found.append(ConvexHull.Face(normal: normal, offset: normal.dot(a), corners: ring))
    return true
  }
}

/// Points, seen against a direction, in the order around their convex hull.
private struct Ring {
  private let points: [Vector<Body, Double>]
  private let right: Vector<Body, Double>
  private let up: Vector<Body, Double>

  init(_ points: [Vector<Body, Double>], along normal: Vector<Body, Double>) {
    self.points = points
    let isSteep = abs(normal.z) > 0.5.squareRoot()
    let aside = isSteep ? Vector<Body, Double>(1, 0, 0) : Vector(0, 0, 1)
    right = aside.cross(normal).normalized
    up = normal.cross(right)
  }

  /// The corners of the hull of `members`, counterclockwise as seen against the direction.
  ///
  /// They start at the farthest from another; each next one is the rightmost as seen from the last.
  func around(_ members: [Int], slack: Double) -> [Int] {
    var corner = members[0]
    for member in members where distance(members[0], member) > distance(members[0], corner) {
      corner = member
    }
    var ring: [Int] = []
    repeat {
      ring.append(corner)
      var next = members[0]
      for member in members where member != corner {
        let left = turn(corner, next, member)
        let isBeyond = distance(corner, member) > distance(corner, next)
        if next == corner || left < -slack || (left <= slack && isBeyond) { next = member }
      }
      corner = next
    } while corner != ring[0] && ring.count < members.count
    return ring
  }

  private func distance(_ a: Int, _ b: Int) -> Double { (points[a] - points[b]).squaredNorm }

  /// Twice the area of a triangle, positive if it turns left. [m²]
  private func turn(_ a: Int, _ b: Int, _ c: Int) -> Double {
    let (ab, ac) = (points[b] - points[a], points[c] - points[a])
    return ab.dot(right) * ac.dot(up) - ab.dot(up) * ac.dot(right)
  }
}
