internal import CBullet
package import Geometry
package import SpatialMath

/// What Bullet finds the contacts of a convex shape by: a core, and a margin that is rounded about it.
package struct ConvexCore: Equatable {
  /// A flat side of the core.
  package struct Face: Equatable {
    /// Outward. [–]
    package let normal: Vector<Body, Double>
    /// Its corners, counterclockwise as seen from outside.
    package let corners: [Int]
  }

  /// How far the surface is from the core. [m]
  package let margin: Double
  /// The radius of the sphere about the shape's origin that is within the shape. [m]
  package let heart: Double
  /// The corners: of a sphere its middle, of a capsule the ends of its line. [m]
  package let corners: [Vector<Body, Double>]
  /// The faces; none of a sphere or capsule.
  package let faces: [Face]
}

extension BulletWorld {
  /// The core of a sphere, capsule, box, cylinder or convex hull.
  ///
  /// - Parameters:
  ///   - shape: The shape.
  ///   - marginOutside: Whether it is grown by Bullet's collision margin, as vehicles may be.
  /// - Returns: The core, about the shape's origin.
  /// - Throws: ``BulletError`` if a number is out of range, or the shape is not solid.
  package mutating func core(
    of shape: Shape, marginOutside: Bool
  ) throws(BulletError) -> ConvexCore {
    let index = try index(of: Outline(shape, marginOutside: marginOutside))
    var core = cb_core()
    // unsafe: C writes to the local before it returns.
    unsafe cb_world_get_core(handle, index, &core)
    let handle = unsafe handle
    let corners = (0..<core.corner_count).map {
      Vector<Body, Double>(unsafe cb_world_core_corner(handle, index, $0))
    }
    let faces = (0..<core.face_count).map { face in
      var normal = cb_vector()
      var ring = [Int32](repeating: 0, count: corners.count)
      // unsafe: a face has no more corners than the core, and C is done with both on return.
      let count = unsafe cb_world_core_face(handle, index, face, &normal, &ring)
      return ConvexCore.Face(
        normal: Vector(normal), corners: ring.prefix(Int(count)).map { Int($0) })
    }
    return ConvexCore(
      margin: core.margin, heart: core.heart, corners: corners.isEmpty ? [.zero] : corners,
      faces: faces)
  }
}
