/// The CRC-32 of Castagnoli: what tells a damaged file from a whole one.
package struct CRC32C: Sendable {
  private static let table: [UInt32] = (0..<256).map { (byte: UInt32) in
    (0..<8).reduce(byte) { rest, _ in (rest >> 1) ^ (rest & 1 == 1 ? 0x82f6_3b78 : 0) }
  }
  private var state: UInt32 = .max

  package init() {}

  package mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      state = Self.table[Int(UInt8(truncatingIfNeeded: state) ^ byte)] ^ (state >> 8)
    }
  }

  package var value: UInt32 { ~state }
}
