import Foundation

/// Texts from outside, made fit for the inside of a page.
enum SafeText {
  /// A text between tags or in an attribute.
  static func html(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }

  /// A value as JSON inside a script element, with an object under the key `metadata`.
  ///
  /// In JSON a less-than sign can only stand in a string, where its escape means the same.
  static func json(_ value: some Encodable, with metadata: Data?) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else { return "{}" }
    let object = String(decoding: data.dropFirst(), as: UTF8.self)
    let others = metadata.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    return withoutTags("{\"metadata\":" + others + "," + object)
  }

  /// A text as a literal of JavaScript.
  static func script(_ text: String) -> String {
    guard let data = try? JSONEncoder().encode(text) else { return "\"\"" }
    return withoutTags(String(decoding: data, as: UTF8.self))
  }

  /// JSON whose less-than signs are escaped.
  private static func withoutTags(_ json: String) -> String {
    // Most have none, and to look for bytes is many times faster than to look for characters.
    guard json.utf8.contains(UInt8(ascii: "<")) else { return json }
    return json.replacing("<", with: "\\u003c")
  }
}
