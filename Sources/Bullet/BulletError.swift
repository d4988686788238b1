/// Why a world refuses a body.
package enum BulletError: Error, Equatable, Sendable {
  /// A number is not finite, or outside of what it may be.
  case outOfRange(quantity: String, value: Double, expected: String)
  /// A hull has fewer points than a solid needs, or more than a world takes.
  case pointCount(Int, expected: ClosedRange<Int>)
  /// The points of a hull lie in a plane, or nearly so.
  case flatHull
  /// The triangles of a mesh have no area.
  case emptyMesh
  /// A plane has no other side, and a mesh no inside, and so no mass.
  case hollow
  /// A compound has no parts.
  case emptyCompound
  /// A body whose motion is scheduled has a mass.
  case scheduledMotionWithMass
}

extension BulletError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .outOfRange(let quantity, let value, let expected):
      "\(quantity) must be \(expected), not \(value)"
    case .pointCount(let count, let expected):
      "a convex hull takes \(expected.lowerBound) to \(expected.upperBound) points, not \(count)"
    case .flatHull:
      "the points of a convex hull must not lie in a plane, nor nearly so"
    case .emptyMesh:
      "a mesh needs a triangle that has an area"
    case .hollow:
      "a plane or a mesh cannot have a mass, nor be a vehicle"
    case .emptyCompound:
      "a compound needs a part"
    case .scheduledMotionWithMass:
      "a body whose motion is scheduled cannot have a mass"
    }
  }
}
