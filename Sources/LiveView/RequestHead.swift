package import FlyingFox
import Foundation

/// The first lines of an HTTP request.
///
/// They are read here and not by FlyingFox, whose decoder takes in lines of any length and number, and
/// keeps the last of two headers of one name without a word.
package enum RequestHead {
  /// The longest head that is read. [bytes]
  static let longest = 8192

  /// The request that some bytes spell, without the empty line behind it; `nil` if they spell none.
  ///
  /// A header that comes twice is refused, since readers differ in which of the two they take.
  package static func request(parsing bytes: [UInt8]) -> HTTPRequest? {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    let lines = text.components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, words[2].hasPrefix("HTTP/1.") else { return nil }
    var headers: [HTTPHeader: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let name = HTTPHeader(String(line[..<colon]))
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      guard headers.updateValue(value, forKey: name) == nil else { return nil }
    }
    return HTTPRequest(
      method: HTTPMethod(String(words[0])), version: HTTPVersion(String(words[2])),
      path: String(words[1].prefix { $0 != "?" }), query: [], headers: headers, body: Data())
  }
}

extension HTTPRequest {
  /// Whether it comes from our own page, or from no page at all.
  ///
  /// The Host header is checked so that no foreign name that leads to this machine is served; the
  /// Origin header, which browsers always send with a WebSocket, so that no foreign page can fly.
  func isFromOurPage(port: UInt16) -> Bool {
    let hosts = ["127.0.0.1:\(port)", "localhost:\(port)"]
    guard let host = headers[.host], hosts.contains(host) else { return false }
    guard let origin = headers[HTTPHeader("Origin")] else { return true }
    return hosts.contains { origin == "http://\($0)" }
  }
}
