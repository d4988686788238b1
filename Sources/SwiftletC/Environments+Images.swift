import CSwiftlet
import Gym

extension Environments {
  /// Where the images of a call go; `nil` without cameras.
  @unsafe
  func imagePointers(_ given: swiftlet_step_buffers) throws -> FramePointers? {
    guard !imageSpaces.isEmpty else { return nil }
    let images = unsafe try addresses(given.images, "buffers.images")
    var finals: [UnsafeMutableRawPointer] = unsafe []
    if autoresetMode == .sameStep {
      unsafe finals = unsafe try addresses(given.final_images, "buffers.final_images")
    }
    return unsafe FramePointers(
      spaces: imageSpaces, rowCount: layout.rowCount, images: images, finalImages: finals,
      isNew: given.images_are_new ?? spareIsNew)
  }

  @unsafe
  private func addresses(
    _ list: UnsafePointer<UnsafeMutableRawPointer?>?, _ name: String
  ) throws -> [UnsafeMutableRawPointer] {
    guard let list = unsafe list else { throw Failure.null(name) }
    return unsafe try imageSpaces.indices.map { index in
      guard let start = unsafe list[index] else { throw Failure.null("\(name)[\(index)]") }
      guard Int(bitPattern: start).isMultiple(of: imageSpaces[index].element.size) else {
        throw Failure.argument("\(name)[\(index)] is not aligned to its numbers")
      }
      return unsafe start
    }
  }
}
