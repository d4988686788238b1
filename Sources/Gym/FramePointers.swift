/// The addresses of a batch's images.
///
/// They are for environments that draw the images of a batch from several threads at once, and for
/// callers from other languages. All else goes through ``FrameBatch``.
@unsafe
package struct FramePointers: @unchecked Sendable {
  /// What the images are; each row of a batch has one of each.
  package let spaces: [ImageSpace]
  /// How many rows there are.
  package let rowCount: Int
  /// What each agent sees after the step: for each space `rowCount` images, one after the other.
  package let images: [UnsafeMutableRawPointer]
  /// What each agent saw last, as many; none where nothing is to be kept of the episode before.
  package let finalImages: [UnsafeMutableRawPointer]
  /// Whether each agent's images were taken in the step.
  package let isNew: UnsafeMutablePointer<Bool>

  /// Joins the addresses of buffers with as much room, for numbers aligned to theirs.
  package init(
    spaces: [ImageSpace], rowCount: Int, images: [UnsafeMutableRawPointer],
    finalImages: [UnsafeMutableRawPointer], isNew: UnsafeMutablePointer<Bool>
  ) {
    precondition(
      unsafe images.count == spaces.count && [0, spaces.count].contains(finalImages.count),
      "a buffer for each kind of image")
    unsafe self.spaces = spaces
    unsafe self.rowCount = rowCount
    unsafe self.images = unsafe images
    unsafe self.finalImages = unsafe finalImages
    unsafe self.isNew = unsafe isNew
  }

  /// The bytes of one row's image of some kind, among those of now or among the last ones.
  package func row(_ row: Int, ofImage image: Int, isFinal: Bool = false) -> MutableImage {
    let size = unsafe spaces[image].count * spaces[image].element.size
    let start = unsafe isFinal ? finalImages[image] : images[image]
    return unsafe MutableImage(start: start + row * size, byteCount: size)
  }

  static func allocated(spaces: [ImageSpace], rowCount: Int, hasFinals: Bool) -> FramePointers {
    func buffers() -> [UnsafeMutableRawPointer] {
      unsafe spaces.map { space in
        let size = max(1, rowCount * space.count * space.element.size)
        let start = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
        unsafe start.initializeMemory(as: UInt8.self, repeating: 0, count: size)
        return unsafe start
      }
    }
    let isNew = UnsafeMutablePointer<Bool>.allocate(capacity: rowCount)
    unsafe isNew.initialize(repeating: false, count: rowCount)
    return unsafe FramePointers(
      spaces: spaces, rowCount: rowCount, images: buffers(),
      finalImages: hasFinals ? buffers() : [], isNew: isNew)
  }

  func deallocate() {
    let buffers = unsafe images + finalImages
    for index in unsafe buffers.indices { unsafe buffers[index].deallocate() }
    unsafe isNew.deallocate()
  }
}

/// The room of one image in a batch.
@unsafe
package struct MutableImage {
  let start: UnsafeMutableRawPointer
  /// How many bytes it has. [–]
  package let byteCount: Int

  /// Hands its bytes to a closure, to be overwritten.
  package func withBytes(_ body: (inout MutableSpan<UInt8>) -> Void) {
    let bytes = unsafe start.assumingMemoryBound(to: UInt8.self)
    var span = unsafe MutableSpan(_unsafeStart: bytes, count: byteCount)
    body(&span)
  }

  /// Hands its numbers to a closure, to be overwritten.
  package func withNumbers(_ body: (inout MutableSpan<Float>) -> Void) {
    let numbers = unsafe start.assumingMemoryBound(to: Float.self)
    var span = unsafe MutableSpan(_unsafeStart: numbers, count: byteCount / 4)
    body(&span)
  }

  /// Makes it black.
  package func clear() {
    unsafe start.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
  }

  /// Makes it like another of its kind.
  package func copy(_ other: MutableImage) {
    unsafe start.copyMemory(from: other.start, byteCount: min(byteCount, other.byteCount))
  }
}
