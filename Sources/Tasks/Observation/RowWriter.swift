import SpatialMath

/// Where the next number of some rows goes, a lane a row.
///
/// Columns follow each other, each with the numbers of all lanes side by side; of a single row that is its place in
/// the row.
struct RowWriter<S: ColumnLanes> {
  private var place: Int

  /// A writer of some columns of all lanes' rows.
  @inline(__always)
  init(_ columns: Range<Int>, in numbers: borrowing MutableSpan<Float>) {
    // Looked at once, for all that is written.
    precondition(columns.lowerBound >= 0 && columns.upperBound * S.laneCount <= numbers.count)
    place = columns.lowerBound * S.laneCount
  }

  /// Leaves out numbers that something else writes.
  @inline(__always)
  mutating func skip(_ count: Int) { place += count * S.laneCount }

  /// Writes a number as it is.
  @inline(__always)
  mutating func append(_ value: S, to numbers: inout MutableSpan<Float>) {
    value.write(to: &numbers, at: place)
    place += S.laneCount
  }

  /// Writes a number held between −1 and 1, and 0 for what is no number.
  @inline(__always)
  mutating func appendBounded(_ value: S, to numbers: inout MutableSpan<Float>) {
    value.writeBounded(to: &numbers, at: place)
    place += S.laneCount
  }

  /// Writes a vector over a scale, held between −1 and 1.
  @inline(__always)
  mutating func appendBounded<F: Frame>(
    _ v: Vector<F, S>, over scale: Double = 1, to numbers: inout MutableSpan<Float>
  ) {
    let share = S(1 / scale)
    appendBounded(share * v.x, to: &numbers)
    appendBounded(share * v.y, to: &numbers)
    appendBounded(share * v.z, to: &numbers)
  }

  /// Writes a vector as it is.
  @inline(__always)
  mutating func append<F: Frame>(_ v: Vector<F, S>, to numbers: inout MutableSpan<Float>) {
    append(v.x, to: &numbers)
    append(v.y, to: &numbers)
    append(v.z, to: &numbers)
  }
}

extension RowWriter<Double> {
  /// A writer of some columns of one of many rows.
  ///
  /// - Parameters:
  ///   - row: The row.
  ///   - columns: Where in the row the numbers go that are written.
  ///   - width: How many numbers a row has.
  ///   - numbers: All rows.
  @inline(__always)
  init(
    row: Int, columns: Range<Int>, of width: Int, in numbers: borrowing MutableSpan<Float>
  ) {
    precondition(columns.lowerBound >= 0 && columns.upperBound <= width)
    self.init(row * width + columns.lowerBound..<row * width + columns.upperBound, in: numbers)
  }
}
