/// Keeps the parser from what it would take too long over.
///
/// The parser compares the keys of a mapping with all that they are made of. A few lines of aliases
/// to aliases stand for billions of values, and a key after a question mark may be the whole of a
/// file. So both indicators are replaced before parsing, each by a character that a plain word may
/// begin with, and put back in the words that come out.
enum HiddenIndicators {
  /// What the parser sees in place of an asterisk.
  static let alias: Unicode.Scalar = "\u{F8FF}"
  /// What the parser sees in place of a question mark.
  static let complexKey: Unicode.Scalar = "\u{F8FE}"

  /// The line, counted from 1, in which a text holds the replacements already, if it does.
  static func firstLine(in text: String) -> Int? {
    text.unicodeScalars.firstIndex { $0 == alias || $0 == complexKey }.map { place in
      1 + text.unicodeScalars[..<place].count { $0 == "\n" }
    }
  }

  /// The text for the parser.
  static func hidden(in text: String) -> String {
    replacing(in: text) {
      switch $0 {
      case "*": alias
      case "?": complexKey
      default: $0
      }
    }
  }

  /// The text as it was before.
  static func shown(in text: String) -> String {
    guard firstLine(in: text) != nil else { return text }
    return replacing(in: text) {
      switch $0 {
      case alias: "*"
      case complexKey: "?"
      default: $0
      }
    }
  }

  private static func replacing(
    in text: String, _ replacement: (Unicode.Scalar) -> Unicode.Scalar
  ) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { scalars.append(replacement(scalar)) }
    return String(scalars)
  }
}
