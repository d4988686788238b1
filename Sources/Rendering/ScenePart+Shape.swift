public import Geometry
import SpatialMath

extension ScenePart {
  /// What a shape looks like: one part for each of its solids, all in one colour but for the tiles of
  /// a plane.
  ///
  /// - Throws: ``RenderingError`` if the shape is a hull that is flat or not finite.
  public static func parts(of shape: Shape, colour: Colour) throws(RenderingError) -> [ScenePart] {
    switch shape {
    case .plane: return [.floor()]
    case .box(let size): return [ScenePart(.box(size: size), colour: colour)]
    case .sphere(let radius): return [ScenePart(.sphere(radius: radius), colour: colour)]
    case .cylinder(let radius, let height):
      return [ScenePart(.cylinder(radius: radius, height: height), colour: colour)]
    case .capsule(let radius, let length):
      return [ScenePart(.capsule(radius: radius, height: length), colour: colour)]
    case .convexHull(let points):
      return [ScenePart(.mesh(try Mesh(hullOf: points)), colour: colour)]
    case .mesh(let mesh): return [ScenePart(.mesh(try Mesh(bothSidesOf: mesh)), colour: colour)]
    case .compound:
      var whole: [ScenePart] = []
      for placed in shape.parts {
        for var part in try parts(of: placed.shape, colour: colour) {
          part.mount = Mount(position: placed.position, attitude: placed.attitude)
          whole.append(part)
        }
      }
      return whole
    }
  }
}

extension Mesh {
  /// A mesh that is seen from either side.
  fileprivate init(bothSidesOf mesh: TriangleMesh) throws(RenderingError) {
    let triangles = (0..<mesh.triangleCount).flatMap { triangle -> [SIMD3<Int32>] in
      let c = mesh.corners[3 * triangle..<3 * triangle + 3]
      let (i, j, k) = (c[c.startIndex], c[c.startIndex + 1], c[c.startIndex + 2])
      return [SIMD3(i, j, k), SIMD3(i, k, j)]
    }
    try self.init(corners: mesh.points, triangles: triangles)
  }
}
