/// An image file without compression, so that a test can compare it byte by byte.
struct PNG {
  private(set) var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// The file of an image of red, green, blue and alpha, row by row.
  init(width: Int, height: Int, colours: [UInt8]) {
    var filtered: [UInt8] = []
    for row in 0..<height {
      filtered.append(0)
      filtered += colours[row * width * 4..<(row + 1) * width * 4]
    }
    append("IHDR", word(width) + word(height) + [8, 6, 0, 0, 0])
    append("IDAT", Self.stored(filtered))
    append("IEND", [])
  }

  private mutating func append(_ name: String, _ content: [UInt8]) {
    let chunk = Array(name.utf8) + content
    bytes += word(content.count) + chunk + word(Int(Self.checksum(of: chunk)))
  }

  private func word(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { (shift: Int) in UInt8(truncatingIfNeeded: value >> shift) }
  }

  /// A zlib stream of blocks that are stored as they are.
  private static func stored(_ content: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    let starts = stride(from: 0, to: content.count, by: 65535)
    for start in starts {
      let block = content[start..<min(start + 65535, content.count)]
      let (low, high) = (UInt8(block.count & 255), UInt8(block.count >> 8))
      let isLast: UInt8 = block.endIndex == content.count ? 1 : 0
      stream += [isLast, low, high, ~low, ~high]
      stream += block
    }
    var (a, b) = (1, 0)
    for byte in content {
      a = (a + Int(byte)) % 65521
      b = (b + a) % 65521
    }
    let sums: [Int] = [b >> 8, b & 255, a >> 8, a & 255]
    return stream + sums.map { UInt8($0) }
  }

  /// The cyclic redundancy check of a chunk, bit by bit.
  private static func checksum(of bytes: [UInt8]) -> UInt32 {
    var sum = ~UInt32(0)
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }
}
