import SpatialMath

/// Where the next number of a row goes.
struct RowWriter {
  private var column: Int

  /// A writer that starts at a column.
  init(at column: Int) { self.column = column }

  /// Writes a number as it is.
  mutating func append(_ value: Double, to numbers: inout MutableSpan<Float>) {
    numbers[column] = Float(value)
    column += 1
  }

  /// Writes a number held between −1 and 1, and 0 for what is no number.
  mutating func appendBounded(_ value: Double, to numbers: inout MutableSpan<Float>) {
    append(value.isNaN ? 0 : value.clamped(from: -1, to: 1), to: &numbers)
  }

  /// Writes a vector over a scale, held between −1 and 1.
  mutating func appendBounded<F: Frame>(
    _ v: Vector<F, Double>, over scale: Double = 1, to numbers: inout MutableSpan<Float>
  ) {
    appendBounded(v.x / scale, to: &numbers)
    appendBounded(v.y / scale, to: &numbers)
    appendBounded(v.z / scale, to: &numbers)
  }

  /// Writes a vector as it is.
  mutating func append<F: Frame>(
    _ v: Vector<F, Double>, to numbers: inout MutableSpan<Float>
  ) {
    append(v.x, to: &numbers)
    append(v.y, to: &numbers)
    append(v.z, to: &numbers)
  }
}
