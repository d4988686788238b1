/// The names of all logs, or of all parameters, which clients download entry by entry.
package struct TableOfContents: Sendable {
  /// One name.
  package struct Entry: Sendable {
    package let group, name: String
    /// What stands for its type, and for what can be done with it.
    package let code: UInt8
  }

  package let port: CRTPPort
  package let entries: [Entry]
  /// What follows the checksum in the answer about the whole.
  package let limits: [UInt8]
  /// A checksum of all entries, by which clients know a table that they have kept.
  private let checksum: UInt32

  private enum Command {
    static let (item, whole): (UInt8, UInt8) = (2, 3)
  }

  package init(_ port: CRTPPort, _ entries: [Entry], limits: [UInt8] = []) {
    (self.port, self.entries, self.limits) = (port, entries, limits)
    checksum = Self.crc32(entries.flatMap { [$0.code] + Self.text($0) })
  }

  /// The answer to a packet on channel 0, if there is one.
  package func answer(to data: [UInt8]) -> CRTPPacket? {
    var reader = ByteReader(data)
    switch reader.integer(UInt8.self) {
    case Command.whole:
      var answer = [Command.whole]
      answer.append(littleEndian: UInt16(entries.count))
      answer.append(littleEndian: checksum)
      return CRTPPacket(port, answer + limits)
    case Command.item:
      guard let index = reader.integer(UInt16.self) else { return nil }
      guard entries.indices.contains(Int(index)) else {
        return CRTPPacket(port, [Command.item])
      }
      let entry = entries[Int(index)]
      return CRTPPacket(port, data.prefix(3) + [entry.code] + Self.text(entry))
    default: return nil
    }
  }

  /// Group and name, each with a zero behind it.
  private static func text(_ entry: Entry) -> [UInt8] {
    Array(entry.group.utf8) + [0] + Array(entry.name.utf8) + [0]
  }

  /// The cyclic redundancy check of IEEE 802.3.
  package static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var sum = ~UInt32.zero
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 {
        let isOdd = sum & 1 == 1
        sum >>= 1
        if isOdd { sum ^= 0xedb8_8320 }
      }
    }
    return ~sum
  }
}
