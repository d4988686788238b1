// In files of others a snapshot is one text: its bytes, two hexadecimal digits each.
extension WorldSnapshot: Codable {
  private static let digits = Array("0123456789abcdef".utf8)

  public func encode(to encoder: any Encoder) throws {
    var text: [UInt8] = []
    for byte in bytes {
      text.append(Self.digits[Int(byte >> 4)])
      text.append(Self.digits[Int(byte & 15)])
    }
    var container = encoder.singleValueContainer()
    try container.encode(String(decoding: text, as: UTF8.self))
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = Array(try container.decode(String.self).utf8)
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: text.count - text.count % 2, by: 2) {
      guard let high = Self.value(of: text[start]), let low = Self.value(of: text[start + 1])
      else { break }
      bytes.append(high << 4 | low)
    }
    do throws(SnapshotError) {
      guard bytes.count == (text.count + 1) / 2 else { throw .damaged }
      try self.init(bytes: bytes)
    } catch {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
    }
  }

  /// What a digit stands for.
  private static func value(of digit: UInt8) -> UInt8? {
    digits.firstIndex(of: digit).map(UInt8.init)
  }
}
