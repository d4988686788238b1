package import Geometry
import SpatialMath

extension ScenePart {
  /// What a shape looks like: one part for each of its solids, all in one colour but for the tiles of
  /// a plane.
  ///
  /// - Throws: ``RenderingError`` if the shape is a hull that is flat or not finite, or a mesh that is
  ///   not finite.
  package static func parts(of shape: Shape, colour: Colour) throws(RenderingError) -> [ScenePart] {
    var parts: [ScenePart] = []
    for placed in shape.parts {
      for part in try solids(of: placed.shape, colour: colour) {
        var part = part
        part.mount = Mount(position: placed.position, attitude: placed.attitude)
        parts.append(part)
      }
    }
    return parts
  }

  private static func solids(
    of shape: Shape, colour: Colour
  ) throws(RenderingError) -> [ScenePart] {
    switch shape {
    case .plane: [.floor()]
    case .box(let size): [ScenePart(.box(size: size), colour: colour)]
    case .sphere(let radius): [ScenePart(.sphere(radius: radius), colour: colour)]
    case .cylinder(let radius, let height):
      [ScenePart(.cylinder(radius: radius, height: height), colour: colour)]
    case .capsule(let radius, let length):
      [ScenePart(.capsule(radius: radius, height: length), colour: colour)]
    case .convexHull(let points): [ScenePart(.mesh(try Mesh(hullOf: points)), colour: colour)]
    case .mesh(let mesh): [ScenePart(.mesh(try Mesh(sheet: mesh)), colour: colour)]
    case .compound: try parts(of: shape, colour: colour)
    }
  }
}

extension Mesh {
  /// The triangles of a mesh that is felt from both sides, to be seen from both.
  fileprivate init(sheet mesh: TriangleMesh) throws(RenderingError) {
    var triangles: [SIMD3<Int32>] = []
    for first in stride(from: 0, to: mesh.corners.count, by: 3) {
      let (a, b, c) = (mesh.corners[first], mesh.corners[first + 1], mesh.corners[first + 2])
      triangles += [SIMD3(a, b, c), SIMD3(a, c, b)]
    }
    try self.init(corners: mesh.points, triangles: triangles)
  }
}
