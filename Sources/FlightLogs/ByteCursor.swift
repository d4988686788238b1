/// A walk over little-endian numbers and texts.
struct ByteCursor {
  let bytes: [UInt8]
  private(set) var position: Int
  let end: Int
  let path: String

  init(bytes: [UInt8], position: Int, end: Int, path: String) {
    (self.bytes, self.position, self.end, self.path) = (bytes, position, end, path)
  }

  var isAtEnd: Bool { position == end }

  /// The next number.
  mutating func number(_ type: CardLog.NumberType) throws(FlightLogError) -> Double {
    switch type {
    case .int8: return Double(Int8(bitPattern: UInt8(try bits(1))))
    case .uint8: return Double(try bits(1))
    case .int16: return Double(Int16(bitPattern: UInt16(try bits(2))))
    case .uint16: return Double(try bits(2))
    case .int32: return Double(Int32(bitPattern: UInt32(try bits(4))))
    case .uint32: return Double(try bits(4))
    case .float32: return Double(Float(bitPattern: UInt32(try bits(4))))
    case .int64: return Double(Int64(bitPattern: try bits(8)))
    case .uint64: return Double(try bits(8))
    case .float64: return Double(bitPattern: try bits(8))
    }
  }

  /// The next text, which a zero ends.
  mutating func text() throws(FlightLogError) -> String {
    guard let stop = bytes[position..<end].firstIndex(of: 0),
      let text = String(validating: bytes[position..<stop], as: UTF8.self)
    else { throw error("a name is not UTF-8 text that a zero ends") }
    position = stop + 1
    return text
  }

  /// The error of what stands here.
  func error(_ message: String) -> FlightLogError {
    FlightLogError("\(path): byte \(position): \(message)")
  }

  private mutating func bits(_ count: Int) throws(FlightLogError) -> UInt64 {
    guard end - position >= count else { throw error("the file ends within an event") }
    defer { position += count }
    return bytes[position..<position + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
