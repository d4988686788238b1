import FlyingFox
import Foundation

// FlyingFox keeps its encoders to itself.

extension HTTPResponse {
  /// The lines before the body.
  var head: Data {
    var lines = ["HTTP/1.1 \(statusCode.code) \(statusCode.phrase)"]
    for name in headers.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
      lines.append("\(name.rawValue): \(headers[name] ?? "")")
    }
    return Data((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }
}

extension WSFrame {
  /// A whole message of ours.
  static func message(_ payload: Data, as opcode: Opcode) -> WSFrame {
    WSFrame(fin: true, opcode: opcode, mask: nil, payload: payload)
  }

  /// The frame on the line (RFC 6455, §5.2): servers do not mask.
  var bytes: Data {
    var data = Data([(fin ? 0x80 : 0) | opcode.rawValue])
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
    return data + payload
  }
}
