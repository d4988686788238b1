import SpatialMath

/// Lanes of which each is written into a row of its own.
protocol RowLanes: Lanes {
  /// Writes the numbers of the first `count` lanes, the first at `place` and each next one `stride` behind;
  /// the places are not checked.
  func write(
    to numbers: inout MutableSpan<Float>, at place: Int, every stride: Int, count: Int)

  /// Two vectors of each of some rows, a lane a row.
  static func each<F: Frame>(
    _ vectors: (Int) -> (Vector<F, Double>, Vector<F, Double>)
  ) -> (Vector<F, Self>, Vector<F, Self>)
}

extension DroneLanes: RowLanes {
  // Not in a loop, which is not always unrolled, and then goes through memory.
  @inline(__always)
  static func each<F: Frame>(
    _ vectors: (Int) -> (Vector<F, Double>, Vector<F, Double>)
  ) -> (Vector<F, Self>, Vector<F, Self>) {
    let (a, b, c, d) = (vectors(0), vectors(1), vectors(2), vectors(3))
    func joined(
      _ a: Vector<F, Double>, _ b: Vector<F, Double>, _ c: Vector<F, Double>,
      _ d: Vector<F, Double>
    ) -> Vector<F, Self> {
      Vector(
        Self(SIMD4(a.x, b.x, c.x, d.x)), Self(SIMD4(a.y, b.y, c.y, d.y)),
        Self(SIMD4(a.z, b.z, c.z, d.z)))
    }
    return (joined(a.0, b.0, c.0, d.0), joined(a.1, b.1, c.1, d.1))
  }

  @inline(__always)
  func write(
    to numbers: inout MutableSpan<Float>, at place: Int, every stride: Int, count: Int
  ) {
    let values = narrowed
    guard count == Self.laneCount else {
      for lane in 0..<count { unsafe numbers[unchecked: place + lane * stride] = values[lane] }
      return
    }
    // Not in a loop, which is not always unrolled, and then goes through memory.
    unsafe numbers[unchecked: place] = values[0]
    unsafe numbers[unchecked: place + stride] = values[1]
    unsafe numbers[unchecked: place + 2 * stride] = values[2]
    unsafe numbers[unchecked: place + 3 * stride] = values[3]
  }
}

extension Double: RowLanes {
  @inline(__always)
  static func each<F: Frame>(
    _ vectors: (Int) -> (Vector<F, Double>, Vector<F, Double>)
  ) -> (Vector<F, Double>, Vector<F, Double>) { vectors(0) }

  @inline(__always)
  func write(
    to numbers: inout MutableSpan<Float>, at place: Int, every stride: Int, count: Int
  ) { unsafe numbers[unchecked: place] = Float(self) }
}

/// Where the next number of some neighbouring rows goes, a lane a row.
struct RowWriter<S: RowLanes> {
  /// Where the number of the first row goes.
  private var place: Int
  /// How many numbers a row has.
  private let stride: Int
  /// How many of the lanes are rows.
  private let count: Int

  /// A writer of some numbers of each of some rows.
  ///
  /// - Parameters:
  ///   - rows: The rows, one at least.
  ///   - columns: Where in each row the numbers go that are written.
  ///   - width: How many numbers a row has.
  ///   - numbers: All rows.
  @inline(__always)
  init(
    _ rows: Range<Int>, columns: Range<Int>, of width: Int, in numbers: borrowing MutableSpan<Float>
  ) {
    // Looked at once, for all that is written.
    precondition(
      rows.lowerBound >= 0 && rows.upperBound * width <= numbers.count
        && columns.lowerBound >= 0 && columns.upperBound <= width)
    place = rows.lowerBound * width + columns.lowerBound
    stride = width
    count = min(rows.count, S.laneCount)
  }

  /// Leaves out numbers that something else writes.
  @inline(__always)
  mutating func skip(_ count: Int) { place += count }

  /// Writes a number as it is.
  @inline(__always)
  mutating func append(_ value: S, to numbers: inout MutableSpan<Float>) {
    value.write(to: &numbers, at: place, every: stride, count: count)
    place += 1
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
