package import SpatialMath

/// A surface of triangles.
///
/// A triangle is seen from the side where its corners turn against the clock; a closed mesh shows its
/// outside alone, and a sheet that is to be seen from both sides has each triangle twice.
package struct Mesh: Sendable, Equatable {
  /// Where triangles meet. [m]
  package let corners: [Vector<Body, Double>]
  /// Three corners each, counted from 0. [–]
  package let triangles: [SIMD3<Int32>]

  /// A mesh of triangles between corners.
  ///
  /// - Throws: ``RenderingError`` if a coordinate is not finite or too large, or a triangle names a
  ///   corner that is not there.
  package init(
    corners: [Vector<Body, Double>], triangles: [SIMD3<Int32>]
  ) throws(RenderingError) {
    for corner in corners {
      for coordinate in [corner.x, corner.y, corner.z] {
        try check(coordinate, "a coordinate of a mesh", in: -largest...largest)
      }
    }
    for triangle in triangles {
      for i in 0..<3 where !corners.indices.contains(Int(triangle[i])) {
        throw .unknownCorner(Int(triangle[i]), cornerCount: corners.count)
      }
    }
    self.init(checked: corners, triangles)
  }

  /// A mesh that is known to be whole.
  init(checked corners: [Vector<Body, Double>], _ triangles: [SIMD3<Int32>]) {
    self.corners = corners
    self.triangles = triangles
  }

  /// The radius of the sphere about the origin that holds the mesh. [m]
  var boundingRadius: Double { corners.map(\.norm).max() ?? 0 }
}
