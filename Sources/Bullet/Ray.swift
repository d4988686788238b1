internal import CBullet
package import Geometry
package import SpatialMath

/// A line of sight from a point.
///
/// It is laid out as Bullet's C interface reads it, so that thousands cross without a copy.
package struct Ray: Sendable, BitwiseCopyable, Equatable {
  /// Where it starts. [m]
  package var origin: Vector<World, Double>
  /// Where it points, a vector of length 1. [–]
  package var direction: Vector<World, Double>
  /// How far it reaches. [m]
  package var range: Double
  /// The subworld in which it is cast.
  package var subworld: Int32
  /// The groups that it sees.
  package var groups: CollisionGroups

  /// The ray from a point along a direction of length 1.
  package init(
    from origin: Vector<World, Double>, along direction: Vector<World, Double>,
    range: Double = .infinity, subworld: Int = 0, groups: CollisionGroups = .all
  ) {
    (self.origin, self.direction, self.range) = (origin, direction, range)
    (self.subworld, self.groups) = (Int32(subworld), groups)
  }
}

/// What a ray meets first.
package struct RayHit: Sendable, BitwiseCopyable, Equatable {
  /// How far away it is; the ray's range if it meets nothing. [m]
  package internal(set) var distance: Double
  /// The direction out of the surface; zero if it meets nothing. [–]
  package internal(set) var normal: Vector<World, Double>
  private var index: Int32

  /// Nothing yet.
  package init() { (distance, normal, index) = (.infinity, .zero, -1) }

  /// Nothing, up to the range of a ray.
  package init(missing ray: Ray) { (distance, normal, index) = (ray.range, .zero, -1) }

  /// What it meets, or `nil` for nothing.
  package var body: BodyID? { index < 0 ? nil : BodyID(index: index) }
}

extension BulletWorld {
  /// Looks along rays at the floor and the obstacles, where they now are.
  ///
  /// A ray sees the exact shape, but for a cylinder, which is a prism of 32 sides. One that starts
  /// within a body meets it at once; one that is not finite meets nothing. Vehicles are not seen.
  ///
  /// - Parameters:
  ///   - rays: Where to look.
  ///   - hits: What each ray meets; as many as there are rays.
  package mutating func cast(_ rays: Span<Ray>, into hits: inout MutableSpan<RayHit>) {
    precondition(rays.count == hits.count, "a hit for each ray")
    let handle = unsafe handle
    unsafe rays.withUnsafeBytes { rays in
      unsafe hits.withUnsafeMutableBytes { hits in
        // unsafe: both are laid out as C declares them, and C is done with them on return.
        unsafe cb_world_cast_rays(
          handle, rays.baseAddress?.assumingMemoryBound(to: cb_ray.self),
          hits.baseAddress?.assumingMemoryBound(to: cb_ray_hit.self),
          Int32(rays.count / MemoryLayout<cb_ray>.stride))
      }
    }
  }
}
