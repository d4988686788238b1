import Foundation
package import Pictures
package import Testing

/// An image that has been looked at, and must not change.
///
/// With `SWIFTLET_GOLDEN=write` in the environment the files are written anew: look at them before
/// you keep them.
package struct GoldenImage {
  private let name: String
  private let folder: URL

  /// The file `name.png` in the folder `Golden` beside the test that asks.
  package init(_ name: String, besideTest file: String = #filePath) {
    self.name = name
    folder = URL(fileURLWithPath: file).deletingLastPathComponent()
      .appendingPathComponent("Golden")
  }

  /// Expects an image to be the kept one, byte for byte.
  package func expect(
    _ image: PNGImage, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = folder.appendingPathComponent(name + ".png")
    if ProcessInfo.processInfo.environment["SWIFTLET_GOLDEN"] == "write" {
      try Data(image.bytes).write(to: file)
    }
    let isEqual = try [UInt8](Data(contentsOf: file)) == image.bytes
    #expect(isEqual, "\(name).png has changed", sourceLocation: sourceLocation)
  }
}
