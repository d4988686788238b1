import SpatialMath

/// Where the next number of some neighbouring rows goes, a lane a row.
struct RowWriter<S: Lanes> {
  /// Where the number of the first row goes.
  private var place: Int
  /// How many numbers a row has.
  private let stride: Int
  /// How many of the lanes are rows.
  private let count: Int

  /// A writer that starts at a column of some rows of as many numbers.
  init(_ rows: Range<Int>, column: Int, of width: Int) {
    place = rows.lowerBound * width + column
    stride = width
    count = min(rows.count, S.laneCount)
  }

  /// Writes a number as it is.
  @inline(__always)
  mutating func append(_ value: S, to numbers: inout MutableSpan<Float>) {
    // Looked at once for all lanes.
    precondition(place >= 0 && place + (count - 1) * stride < numbers.count)
    if count == S.laneCount {
      for lane in 0..<S.laneCount {
        unsafe numbers[unchecked: place + lane * stride] = Float(value[lane: lane])
      }
    } else {
      for lane in 0..<count {
        unsafe numbers[unchecked: place + lane * stride] = Float(value[lane: lane])
      }
    }
    place += 1
  }

  /// Writes numbers as they are into the first row.
  mutating func append(_ values: Span<Float>, to numbers: inout MutableSpan<Float>) {
    for index in values.indices { numbers[place + index] = values[index] }
    place += values.count
  }

  /// Writes a number held between −1 and 1, and 0 for what is no number.
  @inline(__always)
  mutating func appendBounded(_ value: S, to numbers: inout MutableSpan<Float>) {
    let bounded = value.clamped(from: -.one, to: .one)
    append(S.zero.replacing(with: bounded, where: value .<= value), to: &numbers)
  }

  /// Writes a vector over a scale, held between −1 and 1.
  @inline(__always)
  mutating func appendBounded<F: Frame>(
    _ v: Vector<F, S>, over scale: Double = 1, to numbers: inout MutableSpan<Float>
  ) {
    let scale = S(scale)
    appendBounded(v.x / scale, to: &numbers)
    appendBounded(v.y / scale, to: &numbers)
    appendBounded(v.z / scale, to: &numbers)
  }

  /// Writes a vector as it is.
  @inline(__always)
  mutating func append<F: Frame>(_ v: Vector<F, S>, to numbers: inout MutableSpan<Float>) {
    append(v.x, to: &numbers)
    append(v.y, to: &numbers)
    append(v.z, to: &numbers)
  }
}
