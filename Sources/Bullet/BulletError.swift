/// Why a world refuses a body.
public enum BulletError: Error, Equatable, Sendable {
  /// A number is not finite, or outside of what it may be.
  case outOfRange(quantity: String, value: Double, expected: String)
  /// A hull has fewer points than a solid needs, or more than a world takes.
  case pointCount(Int, expected: ClosedRange<Int>)
  /// The points of a hull lie in a plane.
  case flatHull
  /// A plane has no other side, and so no mass.
  case movingPlane
}

extension BulletError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .outOfRange(let quantity, let value, let expected):
      "\(quantity) must be \(expected), not \(value)"
    case .pointCount(let count, let expected):
      "a convex hull takes \(expected.lowerBound) to \(expected.upperBound) points, not \(count)"
    case .flatHull:
      "the points of a convex hull must not lie in a plane"
    case .movingPlane:
      "a plane cannot have a mass, nor be a vehicle"
    }
  }
}
