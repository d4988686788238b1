public import CLanes

/// Lanes that are written in single precision, the numbers of all lanes side by side.
///
/// Of some rows, a lane each, that is a column: one store in place of as many as there are rows.
@usableFromInline
package protocol ColumnLanes: Lanes {
  /// Writes the numbers from a place on, which is not checked.
  func write(to columns: inout MutableSpan<Float>, at place: Int)

  /// Writes the numbers held between −1 and 1, and 0 for what is no number.
  func writeBounded(to columns: inout MutableSpan<Float>, at place: Int)
}

extension DoubleLanes: ColumnLanes {
  @inlinable @inline(__always)
  package func write(to columns: inout MutableSpan<Float>, at place: Int) {
    columns.store(narrowed, at: place)
  }

  // Held between bounds that both precisions have, when it is narrow: the same bits at half the width.
  @inlinable @inline(__always)
  package func writeBounded(to columns: inout MutableSpan<Float>, at place: Int) {
    columns.store(bounded(narrowed), at: place)
  }
}

extension FloatLanes: ColumnLanes {
  @inlinable @inline(__always)
  package func write(to columns: inout MutableSpan<Float>, at place: Int) {
    columns.store(numbers, at: place)
  }

  @inlinable @inline(__always)
  package func writeBounded(to columns: inout MutableSpan<Float>, at place: Int) {
    columns.store(bounded(numbers), at: place)
  }
}

extension Double: ColumnLanes {
  @inlinable @inline(__always)
  package func write(to columns: inout MutableSpan<Float>, at place: Int) {
    unsafe columns[unchecked: place] = Float(self)
  }

  @inlinable @inline(__always)
  package func writeBounded(to columns: inout MutableSpan<Float>, at place: Int) {
    let bounded = clamped(from: -1, to: 1)
    unsafe columns[unchecked: place] = isNaN ? 0 : Float(bounded)
  }
}

extension MutableSpan where Element == Float {
  /// Writes numbers side by side, from a place on, which is not checked.
  @inlinable @inline(__always)
  package mutating func store<Numbers: BitwiseCopyable>(_ numbers: Numbers, at place: Int) {
    unsafe withUnsafeMutableBytes {
      unsafe $0.storeBytes(of: numbers, toByteOffset: 4 * place, as: Numbers.self)
    }
  }

  /// Writes the first numbers of some rows, which stand column by column.
  ///
  /// - Parameters:
  ///   - rows: The rows.
  ///   - columns: Of each column the numbers of `laneCount` rows side by side.
  ///   - first: The row of the first lane.
  ///   - laneCount: How many lanes there are.
  ///   - count: How many columns there are.
  ///   - width: How many numbers a row has.
  package mutating func put(
    _ rows: Range<Int>, from columns: Span<Float>, ofLanesFrom first: Int, laneCount: Int,
    count: Int, width: Int
  ) {
    precondition(
      rows.lowerBound >= first && rows.upperBound <= first + laneCount && first >= 0
        && rows.upperBound * width <= self.count && count <= width
        && count * laneCount <= columns.count)
    guard rows.count < laneCount else {
      unsafe withUnsafeMutableBufferPointer { numbers in
        unsafe columns.withUnsafeBufferPointer { columns in
          guard let columns = columns.baseAddress, let start = numbers.baseAddress
          else { return }
          unsafe writeRows(
            start + first * width, columns: columns, of: laneCount, count: count, every: width)
        }
      }
      return
    }
    for row in rows {
      for column in 0..<count {
        let number = unsafe columns[unchecked: column * laneCount + row - first]
        unsafe self[unchecked: row * width + column] = number
      }
    }
  }
}

extension Span where Element == Float {
  /// Four numbers side by side, from a place on, which is not checked.
  @inlinable @inline(__always)
  package func four(at place: Int) -> SIMD4<Float> {
    unsafe withUnsafeBytes {
      unsafe $0.loadUnaligned(fromByteOffset: 4 * place, as: SIMD4<Float>.self)
    }
  }
}
