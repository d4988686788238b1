/// A message in the encoding of protocol buffers, as it is written.
///
/// - Google, "Encoding", [protobuf.dev](https://protobuf.dev/programming-guides/encoding).
struct ProtobufMessage {
  private(set) var bytes: [UInt8] = []

  private mutating func append(varint value: UInt64) {
    var rest = value
    while rest > 0x7f {
      bytes.append(UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func append(field: Int, wireType: UInt64) {
    append(varint: UInt64(field) << 3 | wireType)
  }

  mutating func add(_ field: Int, _ value: Int) {
    append(field: field, wireType: 0)
    append(varint: UInt64(bitPattern: Int64(value)))
  }

  mutating func add(_ field: Int, _ value: Double) {
    append(field: field, wireType: 1)
    bytes.append(littleEndian: value.bitPattern)
  }

  mutating func add(_ field: Int, _ value: Float) {
    append(field: field, wireType: 5)
    bytes.append(littleEndian: value.bitPattern)
  }

  mutating func add(_ field: Int, _ value: [UInt8]) {
    append(field: field, wireType: 2)
    append(varint: UInt64(value.count))
    bytes += value
  }

  mutating func add(_ field: Int, _ value: String) { add(field, Array(value.utf8)) }

  mutating func add(_ field: Int, _ build: (inout ProtobufMessage) -> Void) {
    var message = ProtobufMessage()
    build(&message)
    add(field, message.bytes)
  }
}
