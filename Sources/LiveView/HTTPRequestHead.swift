import Foundation

/// What a browser asks for: the first lines of an HTTP request.
struct HTTPRequestHead {
  /// The longest head that is read. [bytes]
  static let longest = 8192

  let method: String
  let path: String
  private let headers: [String: String]

  /// The head that some bytes spell, without the empty line behind it.
  ///
  /// A header that comes twice is refused: which of the two counts would be anyone's guess.
  init?(parsing bytes: [UInt8]) {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    let lines = text.components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, words[2].hasPrefix("HTTP/1.") else { return nil }
    (method, path) = (String(words[0]), String(words[1].prefix { $0 != "?" }))
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let name = line[..<colon].lowercased()
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      guard headers.updateValue(value, forKey: name) == nil else { return nil }
    }
    self.headers = headers
  }

  /// A header's value; its name in lower case.
  subscript(name: String) -> String? { headers[name] }

  /// Whether it comes from our own page, or from no page at all.
  ///
  /// The Host header is checked so that no foreign name that leads to this machine is served; the
  /// Origin header, which browsers always send with a WebSocket, so that no foreign page can fly.
  func isOurOwn(port: UInt16) -> Bool {
    let hosts = ["127.0.0.1:\(port)", "localhost:\(port)"]
    guard let host = self["host"], hosts.contains(host) else { return false }
    guard let origin = self["origin"] else { return true }
    return hosts.contains { origin == "http://\($0)" }
  }

  /// The answer to a WebSocket's handshake, if it is one (RFC 6455, §4.2).
  var webSocketAnswer: String? {
    guard method == "GET", self["upgrade"]?.lowercased() == "websocket",
      let connection = self["connection"]?.lowercased(),
      connection.split(separator: ",").contains(where: {
        $0.trimmingCharacters(in: .whitespaces) == "upgrade"
      }),
      self["sec-websocket-version"] == "13", let key = self["sec-websocket-key"],
      Data(base64Encoded: key)?.count == 16
    else { return nil }
    let text = Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      + "Sec-WebSocket-Accept: \(Data(SHA1.digest(of: text)).base64EncodedString())\r\n\r\n"
  }
}
