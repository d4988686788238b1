import Gym

/// A batch whose buffers lie between margins, so that writing beyond them shows.
@safe
struct GuardedBatch: ~Copyable {
  private static let margin = 64
  private static let mark: UInt8 = 0xa5
  private let memory: UnsafeMutableRawBufferPointer
  private let extents: [Range<Int>]
  var batch: StepBatch

  /// Buffers filled with what no environment writes by itself: NaN, and `true` or `false`.
  init(layout: BatchLayout, flag: Bool) {
    let (rows, seen) = (layout.rowCount, layout.rowCount * layout.observationCount)
    let acted = rows * layout.actionCount
    let sizes = [seen * 4, acted * 4, rows * 4, rows, rows, rows, seen * 4]
    var extents: [Range<Int>] = []
    var end = 0
    for size in sizes {
      let start = (end + Self.margin + 15) & ~15
      extents.append(start..<start + size)
      end = start + size
    }
    // The memory is freed in `deinit`, after the batch that borrows it has seen its last use.
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: end + Self.margin, alignment: 64)
    for index in memory.indices { unsafe memory[index] = Self.mark }
    func numbers(_ extent: Range<Int>) -> UnsafeMutablePointer<Float> {
      let part = unsafe UnsafeMutableRawBufferPointer(rebasing: memory[extent])
      let typed = unsafe part.bindMemory(to: Float.self)
      unsafe typed.initialize(repeating: .nan)
      return unsafe typed.baseAddress.unsafelyUnwrapped
    }
    func flags(_ extent: Range<Int>) -> UnsafeMutablePointer<Bool> {
      let part = unsafe UnsafeMutableRawBufferPointer(rebasing: memory[extent])
      let typed = unsafe part.bindMemory(to: Bool.self)
      unsafe typed.initialize(repeating: flag)
      return unsafe typed.baseAddress.unsafelyUnwrapped
    }
    let pointers = unsafe StepPointers(
      layout: layout, observations: numbers(extents[0]), actions: numbers(extents[1]),
      rewards: numbers(extents[2]), terminations: flags(extents[3]),
      truncations: flags(extents[4]), participations: flags(extents[5]),
      finalObservations: numbers(extents[6]))
    unsafe self.memory = unsafe memory
    self.extents = extents
    batch = unsafe StepBatch(borrowing: pointers)
  }

  deinit { unsafe memory.deallocate() }

  /// Whether nothing was written outside the buffers.
  var isMarginWhole: Bool {
    var index = 0
    for extent in extents + [unsafe memory.count..<memory.count] {
      while index < extent.lowerBound {
        guard unsafe memory[index] == Self.mark else { return false }
        index += 1
      }
      index = extent.upperBound
    }
    return true
  }
}
