internal import CBullet
internal import Geometry
internal import SpatialMath

/// A shape as Bullet takes it: a plane, a sphere, or the convex hull of points.
struct Outline: Equatable {
  private enum Form: Equatable {
    case plane
    case sphere(radius: Double)
    case hull(points: [Vector<Body, Double>])
  }

  private let form: Form
  private let marginOutside: Bool

  /// The outline of a shape, its sizes checked.
  init(_ shape: Shape, marginOutside: Bool) throws(BulletError) {
    self.marginOutside = marginOutside
    switch shape {
    case .plane:
      form = .plane
    case .box(let size):
      for edge in [size.x, size.y, size.z] {
        try check(edge, "the edge of a box", in: smallest...largest)
      }
      form = .hull(points: corners(ofBox: size))
    case .sphere(let radius):
      try check(radius, "the radius of a sphere", in: smallest...largest)
      form = .sphere(radius: radius)
    case .cylinder(let radius, let height):
      try check(radius, "the radius of a cylinder", in: smallest...largest)
      try check(height, "the height of a cylinder", in: smallest...largest)
      form = .hull(points: corners(ofCylinder: radius, height: height))
    case .convexHull(let points):
      let allowed = 4...Int(CB_MAXIMUM_POINTS)
      guard allowed ~= points.count else { throw .pointCount(points.count, expected: allowed) }
      for point in points {
        for coordinate in [point.x, point.y, point.z] {
          try check(coordinate, "a coordinate of a convex hull", in: -largest...largest)
        }
      }
      form = .hull(points: points)
    }
  }

  /// Calls `body` with what C reads of the outline, valid until it returns.
  func withDescription<Result>(_ body: (UnsafePointer<cb_shape>) -> Result) -> Result {
    var shape = unsafe cb_shape()
    var points: [cb_vector] = []
    switch form {
    case .plane:
      unsafe shape.kind = Int32(CB_PLANE)
    case .sphere(let radius):
      unsafe shape.kind = Int32(CB_SPHERE)
      unsafe shape.radius = radius
    case .hull(let corners):
      unsafe shape.kind = Int32(CB_HULL)
      points = corners.map { cb_vector($0) }
    }
    unsafe shape.is_margin_outside = marginOutside
    // unsafe: neither pointer goes farther than `body`.
    return unsafe points.withUnsafeBufferPointer { buffer in
      unsafe shape.points = buffer.baseAddress
      unsafe shape.point_count = Int32(buffer.count)
      return unsafe body(&shape)
    }
  }
}

/// The sides of the prism that stands for a cylinder, as in PyBullet's URDF loader. [–]
private let sideCount = 32

private func corners(ofBox size: Vector<Body, Double>) -> [Vector<Body, Double>] {
  (0..<8).map { i in
    let signs = Vector<Body, Double>(
      i & 1 == 0 ? -0.5 : 0.5, i & 2 == 0 ? -0.5 : 0.5, i & 4 == 0 ? -0.5 : 0.5)
    return size.scaled(by: signs)
  }
}

private func corners(ofCylinder radius: Double, height: Double) -> [Vector<Body, Double>] {
  (0..<sideCount).flatMap { i -> [Vector<Body, Double>] in
    let (sine, cosine) = (2 * Double.pi * Double(i) / Double(sideCount)).sineAndCosine()
    let (x, y) = (radius * sine, radius * cosine)
    return [Vector(x, y, -height / 2), Vector(x, y, height / 2)]
  }
}
