internal import CBullet
internal import Geometry
internal import SpatialMath

/// A shape as Bullet takes it, one of its own kinds.
struct Outline: Equatable {
  private enum Form: Equatable {
    case plane
    case sphere(radius: Double)
    case capsule(radius: Double, length: Double)
    case hull(ConvexHull)
    case mesh(TriangleMesh)
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
      form = .hull(try hull(of: corners(ofBox: size)))
    case .sphere(let radius):
      try check(radius, "the radius of a sphere", in: smallest...largest)
      form = .sphere(radius: radius)
    case .cylinder(let radius, let height):
      try check(radius, "the radius of a cylinder", in: smallest...largest)
      try check(height, "the height of a cylinder", in: smallest...largest)
      form = .hull(try hull(of: corners(ofCylinder: radius, height: height)))
    case .convexHull(let points):
      let allowed = 4...Int(CB_MAXIMUM_POINTS)
      guard allowed ~= points.count else { throw .pointCount(points.count, expected: allowed) }
      try check(points, of: "a convex hull")
      form = .hull(try hull(of: points))
    case .capsule(let radius, let length):
      try check(radius, "the radius of a capsule", in: smallest...largest)
      try check(length, "the length of a capsule", in: smallest...largest)
      form = .capsule(radius: radius, length: length)
    case .mesh(let mesh):
      try check(mesh.points, of: "a mesh")
      form = .mesh(mesh)
    case .compound:
      preconditionFailure("a compound is added part by part")
    }
  }

  /// Why C may refuse to make it.
  var refusal: BulletError {
    if case .mesh = form { return .emptyMesh }
    return .flatHull
  }

  /// Calls `body` with what C reads of the outline, valid until it returns.
  func withDescription<Result>(_ body: (UnsafePointer<cb_shape>) -> Result) -> Result {
    var shape = unsafe cb_shape()
    var points: [cb_vector] = []
    var corners: [Int32] = []
    var faces: [cb_face] = []
    switch form {
    case .plane:
      unsafe shape.kind = Int32(CB_PLANE)
    case .sphere(let radius):
      unsafe shape.kind = Int32(CB_SPHERE)
      unsafe shape.radius = radius
    case .hull(let hull):
      unsafe shape.kind = Int32(CB_HULL)
      points = hull.corners.map { cb_vector($0) }
      corners = hull.faces.flatMap { $0.corners.map(Int32.init) }
      faces = hull.faces.map {
        cb_face(
          normal: cb_vector($0.normal), offset: $0.offset, corner_count: Int32($0.corners.count))
      }
    case .capsule(let radius, let length):
      unsafe shape.kind = Int32(CB_CAPSULE)
      unsafe (shape.radius, shape.length) = (radius, length)
    case .mesh(let mesh):
      unsafe shape.kind = Int32(CB_MESH)
      points = mesh.points.map { cb_vector($0) }
      corners = mesh.corners
    }
    unsafe shape.is_margin_outside = marginOutside
    // unsafe: none of the pointers goes farther than `body`.
    return unsafe points.withUnsafeBufferPointer { points in
      unsafe corners.withUnsafeBufferPointer { corners in
        unsafe faces.withUnsafeBufferPointer { faces in
          unsafe (shape.points, shape.point_count) = (points.baseAddress, Int32(points.count))
          unsafe (shape.corners, shape.triangle_count) = (
            corners.baseAddress, Int32(corners.count / 3)
          )
          unsafe (shape.faces, shape.face_count) = (faces.baseAddress, Int32(faces.count))
          return unsafe body(&shape)
        }
      }
    }
  }
}

private func hull(of points: [Vector<Body, Double>]) throws(BulletError) -> ConvexHull {
  guard let hull = ConvexHull(points) else { throw .flatHull }
  return hull
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
