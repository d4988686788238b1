import Files
import Foundation

/// Looks through the tags of an XML file before the parser does.
///
/// The parser compares each attribute of an element with all others, and builds what a document type
/// declares; both may take it longer than anybody waits.
struct MarkupScanner {
  private let bytes: [UInt8]
  private let file: String
  private var position = 0
  private var line = 1

  /// A scanner of a file's contents, in UTF-8.
  init(_ text: Data, file: String) { (bytes, self.file) = ([UInt8](text), file) }

  /// Refuses elements of too many attributes, and declarations.
  mutating func check() throws(ModelError) {
    while skip(through: "<") {
      if skip("!--") {
        _ = skip(through: "-->")
      } else if skip("![CDATA[") {
        _ = skip(through: "]]>")
      } else if skip("?") {
        _ = skip(through: "?>")
      } else {
        try checkTag(isDeclaration: skip("!"))
      }
    }
  }

  /// Walks to the end of a tag.
  private mutating func checkTag(isDeclaration: Bool) throws(ModelError) {
    let first = line
    var attributes = 0
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: ">"): return
      case UInt8(ascii: "\n"): line += 1
      case UInt8(ascii: "["):
        guard isDeclaration else { continue }
        throw ModelError(
          file: file, line: line,
          message: "a document type with declarations; expected a URDF robot without them")
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        _ = skip(through: byte == UInt8(ascii: "'") ? "'" : "\"")
        attributes += 1
        guard attributes <= InputLimits.elementAttributes else {
          throw ModelError(
            file: file, line: first,
            message: "an element of more than \(InputLimits.elementAttributes) attributes; "
              + "expected a URDF robot")
        }
      default: continue
      }
    }
  }

  /// Passes over a text if it stands here.
  private mutating func skip(_ text: String) -> Bool {
    guard bytes[position...].starts(with: text.utf8) else { return false }
    position += text.utf8.count
    return true
  }

  /// Goes behind the next occurrence of a text, or to the end; answers whether there is one.
  private mutating func skip(through text: String) -> Bool {
    let first = text.utf8.first
    while position < bytes.count {
      if bytes[position] == first, skip(text) { return true }
      if bytes[position] == UInt8(ascii: "\n") { line += 1 }
      position += 1
    }
    return false
  }
}
