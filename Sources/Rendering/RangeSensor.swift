internal import CRendering
public import SpatialMath

/// Rays from one point, of which each measures the distance to what it meets: a lidar, a ring of range
/// finders, an altimeter.
///
/// Its rays see what a camera sees: surfaces from outside, none nearer than its range.
///
/// `BulletWorld` casts rays too, and cannot do without: for the effects of the air it finds the surface
/// below a drone in double precision, on the very shapes that contacts have. A sensor needs neither, and
/// has thousands of rays at once, which must agree with cameras: hence the renderer's.
public struct RangeSensor: Sendable, Equatable {
  /// The directions of the rays, of length 1, along the axes of the mount. [–]
  package let directions: [Vector<Body, Double>]
  /// The distances between which things are seen. [m]
  package let range: ClosedRange<Double>
  /// Where it is on the body that carries it.
  package var mount: Mount

  /// The directions as C has them, by blocks.
  let blocks: [Double]

  /// A sensor of rays in these directions, of any length above 0.
  ///
  /// - Throws: ``RenderingError`` if there are no rays or more than a million, a direction has no length,
  ///   or a number is not finite or out of range.
  public init(
    directions: [Vector<Body, Double>], range: ClosedRange<Double>, mount: Mount = Mount()
  ) throws(RenderingError) {
    try check(Double(directions.count), "the number of rays", in: 1...1e6)
    for direction in directions {
      try check(direction.norm, "the length of a ray's direction", in: 1e-6...largest)
    }
    try check(range, "distance of a range sensor")
    self.directions = directions.map { (1 / $0.norm) * $0 }
    self.range = range
    self.mount = mount
    blocks = Self.blocks(of: self.directions)
  }

  /// One ray down.
  public static func altimeter(
    range: ClosedRange<Double>, mount: Mount = Mount()
  ) throws(RenderingError) -> RangeSensor {
    try RangeSensor(directions: [Vector(0, 0, -1)], range: range, mount: mount)
  }

  /// Five rays: forward, back, left, right and up.
  public static func multiranger(
    range: ClosedRange<Double>, mount: Mount = Mount()
  ) throws(RenderingError) -> RangeSensor {
    let directions: [Vector<Body, Double>] = [
      Vector(1, 0, 0), Vector(-1, 0, 0), Vector(0, 1, 0), Vector(0, -1, 0), Vector(0, 0, 1),
    ]
    return try RangeSensor(directions: directions, range: range, mount: mount)
  }

  /// Rays all around, from forward to the left.
  public static func lidar(
    rayCount: Int, range: ClosedRange<Double>, mount: Mount = Mount()
  ) throws(RenderingError) -> RangeSensor {
    let directions = (0..<max(0, rayCount)).map { i -> Vector<Body, Double> in
      let (sine, cosine) = (2 * .pi * Double(i) / Double(rayCount)).sineAndCosine()
      return Vector(cosine, sine, 0)
    }
    return try RangeSensor(directions: directions, range: range, mount: mount)
  }

  /// Rays all around, or over a narrower angle about forward, from its right end to its left. [rad]
  package static func lidar(
    rayCount: Int, over angle: Double, range: ClosedRange<Double>
  ) throws(RenderingError) -> RangeSensor {
    guard angle < 2 * .pi else { return try lidar(rayCount: rayCount, range: range) }
    let directions = (0..<max(0, rayCount)).map { i -> Vector<Body, Double> in
      let share = rayCount > 1 ? Double(i) / Double(rayCount - 1) - 0.5 : 0
      let (sine, cosine) = (share * angle).sineAndCosine()
      return Vector(cosine, sine, 0)
    }
    return try RangeSensor(directions: directions, range: range)
  }

  private static func blocks(of directions: [Vector<Body, Double>]) -> [Double] {
    let size = Int(CR_BLOCK)
    return stride(from: 0, to: directions.count, by: size).flatMap { first -> [Double] in
      let rays = (first..<first + size).map { directions[min($0, directions.count - 1)] }
      return rays.map(\.x) + rays.map(\.y) + rays.map(\.z)
    }
  }
}
