/// Numbers at a fixed place in memory, to be shared by the threads of a learner.
///
/// It is `Sendable`, though the compiler cannot see why: threads are given chunks of rows, and no two
/// write to the same one, or read what another writes, before all have finished.
@safe
package final class FloatBuffer: @unchecked Sendable {
  let count: Int
  let start: UnsafeMutablePointer<Float>

  package init(count: Int) {
    self.count = count
    // Freed in `deinit`; every access through this class is checked against `count`.
    unsafe start = .allocate(capacity: count)
    unsafe start.initialize(repeating: 0, count: count)
  }

  package convenience init(_ values: [Float]) {
    self.init(count: values.count)
    for index in values.indices { self[index] = values[index] }
  }

  deinit { unsafe start.deallocate() }

  package subscript(index: Int) -> Float {
    get {
      precondition(index >= 0 && index < count)
      return unsafe start[index]
    }
    set {
      precondition(index >= 0 && index < count)
      unsafe start[index] = newValue
    }
  }

  package var values: [Float] {
    get { (0..<count).map { self[$0] } }
    set {
      precondition(newValue.count == count)
      for index in newValue.indices { self[index] = newValue[index] }
    }
  }

  func fill(with value: Float) { fill(with: value, in: 0..<count) }

  func fill(with value: Float, in range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    unsafe (start + range.lowerBound).update(repeating: value, count: range.count)
  }
}

/// A part of a buffer, from some number on.
package struct FloatView: Sendable {
  let buffer: FloatBuffer
  var start: Int

  package init(_ buffer: FloatBuffer, from start: Int = 0) {
    self.buffer = buffer
    self.start = start
  }

  func advanced(by count: Int) -> FloatView { FloatView(buffer, from: start + count) }

  subscript(index: Int) -> Float {
    get { buffer[start + index] }
    nonmutating set { buffer[start + index] = newValue }
  }

  /// The address of the first of `count` numbers, all of which exist.
  @unsafe
  func pointer(to count: Int) -> UnsafeMutablePointer<Float> {
    precondition(start >= 0 && count >= 0 && start + count <= buffer.count)
    return unsafe buffer.start + start
  }
}
