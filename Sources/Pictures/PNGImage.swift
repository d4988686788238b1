import Foundation

/// A still image as a PNG file, whose pixels are stored as they are: quick to write, and the same bytes
/// everywhere.
///
/// - [PNG, third edition](https://www.w3.org/TR/png-3/), W3C, 2025: §11.2 chunks.
/// - P. Deutsch, [RFC 1951](https://www.rfc-editor.org/rfc/rfc1951), 1996, §3.2.4: stored blocks.
package struct PNGImage: Sendable {
  /// What a pixel has.
  package enum Pixel: Sendable, Hashable {
    /// Red, green and blue, a byte each.
    case colour
    /// A byte of brightness.
    case grey
    /// Two bytes of brightness, the more significant one first.
    case deepGrey

    fileprivate var byteCount: Int {
      switch self {
      case .colour: 3
      case .grey: 1
      case .deepGrey: 2
      }
    }
    fileprivate var header: [UInt8] {
      [self == .deepGrey ? 16 : 8, self == .colour ? 2 : 0, 0, 0, 0]
    }
  }

  /// The file.
  package let bytes: [UInt8]

  /// The file of an image, row by row from the upper left.
  package init(width: Int, height: Int, pixel: Pixel, rows: [UInt8]) {
    let length = width * pixel.byteCount
    precondition(
      width > 0 && height > 0 && rows.count == height * length,
      "\(rows.count) bytes for \(width) × \(height) pixels")
    var filtered: [UInt8] = []
    filtered.reserveCapacity(height * (length + 1))
    for row in 0..<height {
      filtered.append(0)
      filtered += rows[row * length..<(row + 1) * length]
    }
    let size = AnimatedPNG.bigEndian(UInt32(width)) + AnimatedPNG.bigEndian(UInt32(height))
    bytes =
      AnimatedPNG.signature + AnimatedPNG.chunk("IHDR", size + pixel.header)
      + AnimatedPNG.chunk("IDAT", Self.stored(filtered)) + AnimatedPNG.chunk("IEND", [])
  }

  /// Writes the file, which appears whole or not at all.
  package func write(to path: String) throws(PictureError) { try writePicture(bytes, to: path) }

  /// A zlib stream of stored blocks.
  private static func stored(_ content: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    for start in stride(from: 0, to: content.count, by: 65535) {
      let block = content[start..<min(start + 65535, content.count)]
      let length = UInt16(block.count)
      stream.append(block.endIndex == content.count ? 1 : 0)
      for number in [length, ~length] {
        stream += [UInt8(truncatingIfNeeded: number), UInt8(number >> 8)]
      }
      stream += block
    }
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in content {
      a = (a + UInt32(byte)) % 65521
      b = (b + a) % 65521
    }
    return stream + AnimatedPNG.bigEndian(b << 16 | a)
  }
}
