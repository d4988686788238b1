import Foundation

/// A frame of the WebSocket protocol.
///
/// - [RFC 6455](https://www.rfc-editor.org/rfc/rfc6455), §5.
struct WebSocketFrame: Equatable {
  /// What a frame is.
  enum Opcode: UInt8 {
    case continuation = 0
    case text = 1
    case binary = 2
    case close = 8
    case ping = 9
    case pong = 10

    var isControl: Bool { rawValue >= 8 }
  }

  /// Why a connection is closed by us (§7.4.1).
  enum Failure: UInt16, Error {
    case protocolError = 1002
    case tooBig = 1009
  }

  /// The longest message that a guest may send: a wish is far shorter. [bytes]
  static let longestMessage = 1024

  var opcode: Opcode
  var isFinal: Bool
  var payload: [UInt8]

  /// A whole message of ours: servers do not mask.
  static func encoded(_ payload: Data, as opcode: Opcode) -> Data {
    var data = Data([0x80 | opcode.rawValue])
    let count = payload.count
    if count < 126 {
      data.append(UInt8(count))
    } else {
      let width = count <= UInt16.max ? 16 : 64
      data.append(width == 16 ? 126 : 127)
      for shift in stride(from: width - 8, through: 0, by: -8) {
        data.append(UInt8(truncatingIfNeeded: count >> shift))
      }
    }
    data.append(payload)
    return data
  }

  /// The frame that says why we close.
  static func closing(_ failure: Failure?) -> Data {
    let code = failure?.rawValue ?? 1000
    return encoded(Data([UInt8(code >> 8), UInt8(code & 0xff)]), as: .close)
  }
}

/// The frames in a stream of bytes that come from a browser.
struct WebSocketFrameReader {
  private var bytes: [UInt8] = []

  /// Adds bytes as they come in.
  mutating func append(_ more: [UInt8]) { bytes += more }

  /// Takes out the next frame, if it is there as a whole.
  ///
  /// A frame that is too long is refused by its head, before any of it is kept.
  mutating func next() throws(WebSocketFrame.Failure) -> WebSocketFrame? {
    guard bytes.count >= 2 else { return nil }
    // No extension was agreed on, and browsers must mask.
    guard bytes[0] & 0x70 == 0, bytes[1] & 0x80 != 0,
      let opcode = WebSocketFrame.Opcode(rawValue: bytes[0] & 0x0f)
    else { throw .protocolError }
    let isFinal = bytes[0] & 0x80 != 0
    let short = Int(bytes[1] & 0x7f)
    if opcode.isControl, short > 125 || !isFinal { throw .protocolError }
    let extra = short == 126 ? 2 : short == 127 ? 8 : 0
    guard bytes.count >= 2 + extra else { return nil }
    let length =
      extra == 0 ? UInt64(short) : bytes[2..<2 + extra].reduce(0) { $0 << 8 | UInt64($1) }
    guard length <= WebSocketFrame.longestMessage else { throw .tooBig }
    let start = 2 + extra + 4
    let end = start + Int(length)
    guard bytes.count >= end else { return nil }
    let mask = Array(bytes[2 + extra..<start])
    let payload = (start..<end).map { bytes[$0] ^ mask[($0 - start) % 4] }
    bytes.removeFirst(end)
    return WebSocketFrame(opcode: opcode, isFinal: isFinal, payload: payload)
  }
}
