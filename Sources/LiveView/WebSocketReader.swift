package import FlyingFox
import Foundation

/// Why we close a WebSocket (RFC 6455, §7.4.1).
package struct WebSocketFailure: Error, Equatable {
  let code: WSCloseCode

  static let protocolError = Self(code: .protocolError)
  static let tooBig = Self(code: .messageTooBig)
}

/// The messages and control frames in a stream of bytes that come from a browser.
///
/// They are read here and not by FlyingFox, whose decoder makes room for as many bytes as a frame
/// claims to have, joins any number of frames to a message, and does not tell whether a frame was
/// masked, as those of browsers must be.
///
/// - [RFC 6455](https://www.rfc-editor.org/rfc/rfc6455), §5.
package struct WebSocketReader {
  /// The longest message that a client may send; commands are far shorter. [bytes]
  static let longestMessage = 1024

  private var bytes: [UInt8] = []
  private var message: WSFrame?

  /// A reader that has seen nothing yet.
  package init() {}

  /// Adds bytes as they come in.
  package mutating func append(_ more: some Sequence<UInt8>) { bytes += more }

  /// Takes out the next control frame, or the next message as one frame, if it is there as a whole.
  package mutating func next() throws(WebSocketFailure) -> WSFrame? {
    while let frame = try nextFrame() {
      if [.close, .ping, .pong].contains(frame.opcode) { return frame }
      guard (frame.opcode == .continuation) == (message != nil) else { throw .protocolError }
      var whole = message ?? frame
      if message != nil { whole.payload += frame.payload }
      guard whole.payload.count <= Self.longestMessage else { throw .tooBig }
      whole.fin = frame.fin
      message = frame.fin ? nil : whole
      if frame.fin { return whole }
    }
    return nil
  }

  /// Takes out the next frame, if it is there as a whole.
  ///
  /// A frame that is too long is refused by its head, before any of it is kept.
  private mutating func nextFrame() throws(WebSocketFailure) -> WSFrame? {
    guard bytes.count >= 2 else { return nil }
    let opcode = WSFrame.Opcode(bytes[0] & 0x0f)
    // No extension was agreed on, and browsers must mask.
    guard bytes[0] & 0x70 == 0, bytes[1] & 0x80 != 0, [0, 1, 2, 8, 9, 10].contains(opcode.rawValue)
    else { throw .protocolError }
    let isFinal = bytes[0] & 0x80 != 0
    let short = Int(bytes[1] & 0x7f)
    if opcode.rawValue >= 8, short > 125 || !isFinal { throw .protocolError }
    let extra = short == 126 ? 2 : short == 127 ? 8 : 0
    guard bytes.count >= 2 + extra else { return nil }
    let length =
      extra == 0 ? UInt64(short) : bytes[2..<2 + extra].reduce(0) { $0 << 8 | UInt64($1) }
    guard length <= Self.longestMessage else { throw .tooBig }
    let start = 2 + extra + 4
    let end = start + Int(length)
    guard bytes.count >= end else { return nil }
    let mask = Array(bytes[2 + extra..<start])
    let payload = Data((start..<end).map { bytes[$0] ^ mask[($0 - start) % 4] })
    bytes.removeFirst(end)
    return WSFrame(fin: isFinal, opcode: opcode, mask: nil, payload: payload)
  }
}
