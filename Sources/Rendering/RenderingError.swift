/// Why a scene refuses a body, or a camera its numbers.
public enum RenderingError: Error, Equatable, Sendable {
  /// A number is not finite, or outside of what it may be.
  case outOfRange(quantity: String, value: Double, expected: String)
  /// A triangle names a corner that the mesh does not have.
  case unknownCorner(Int, cornerCount: Int)
  /// The points of a hull lie in a plane, or are too few.
  case flatHull
  /// The id is that of pixels that see nothing.
  case reservedID
}

extension RenderingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .outOfRange(let quantity, let value, let expected):
      "\(quantity) must be \(expected), not \(value)"
    case .unknownCorner(let corner, let count):
      "a mesh with \(count) corners has no corner \(corner)"
    case .flatHull:
      "the points of a convex hull must not lie in a plane"
    case .reservedID:
      "the id -1 stands for pixels that see nothing"
    }
  }
}

/// The largest size, coordinate or distance that is rendered. [m]
let largest = 1e6

/// The smallest size or distance that is rendered. [m]
let smallest = 1e-4

/// Refuses a number outside of a range, NaN included.
func check(
  _ value: Double, _ quantity: String, in range: ClosedRange<Double>
) throws(RenderingError) {
  guard range ~= value else {
    let expected = "from \(range.lowerBound) to \(range.upperBound)"
    throw .outOfRange(quantity: quantity, value: value, expected: expected)
  }
}

/// Refuses distances that end where they begin, or are too small or too large.
func check(_ range: ClosedRange<Double>, _ quantity: String) throws(RenderingError) {
  try check(range.lowerBound, "the nearest \(quantity)", in: smallest...largest)
  try check(range.upperBound, "the farthest \(quantity)", in: range.lowerBound.nextUp...largest)
}
