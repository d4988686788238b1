package import SpatialMath

extension Rotation where Source == Body, Target == World, S == Double {
  /// The largest part but one of a unit quaternion is 1/√2 at most.
  private static var largest: Double { 0.5.squareRoot() }
  private static var steps: Double { 511 }

  /// The rotation of 32 bits: two that say which of x, y, z and w is the largest, and then for each of the
  /// others, in order, its sign and nine bits of its size.
  package init(compressed bits: UInt32) {
    var bits = bits
    let left = Int(bits >> 30)
    var parts = [0.0, 0.0, 0.0, 0.0]
    for index in (0..<4).reversed() where index != left {
      let size = Double(bits & 511) / Self.steps * Self.largest
      parts[index] = bits & 512 == 0 ? size : -size
      bits >>= 10
    }
    let squares = parts.reduce(0) { $0 + $1 * $1 }
    parts[left] = max(0, 1 - squares).squareRoot()
    self = Self(x: parts[0], y: parts[1], z: parts[2], w: parts[3]).normalized
  }

  /// The rotation in 32 bits.
  package var compressed: UInt32 {
    let parts = [x, y, z, w]
    let left = parts.indices.max { abs(parts[$0]) < abs(parts[$1]) } ?? 3
    var bits = UInt32(left)
    for index in 0..<4 where index != left {
      let isNegative = (parts[index] < 0) != (parts[left] < 0)
      let size = min(Self.steps, (Self.steps * abs(parts[index]) / Self.largest + 0.5))
      bits = bits << 10 | (isNegative ? 512 : 0) | UInt32(size)
    }
    return bits
  }
}
