extension String {
  /// The text on one line: what a terminal would not print is written as an escape.
  package var printable: String {
    unicodeScalars.contains { !$0.isPrintable }
      ? unicodeScalars.map(\.printable).joined() : self
  }

  /// The text on one line, and no longer than a message can bear.
  package var excerpt: String {
    let head = String(unicodeScalars.prefix(Self.longestExcerpt)).printable
    return unicodeScalars.dropFirst(Self.longestExcerpt).isEmpty ? head : head + "…"
  }

  /// The text as a step of a key path: in quotes unless it is a plain word.
  var keyPathStep: String {
    let isWord = !isEmpty && utf8.allSatisfy { $0.isASCIIWordByte }
    return isWord ? excerpt : "\"\(excerpt)\""
  }

  private static let longestExcerpt = 60
}

extension Unicode.Scalar {
  fileprivate var isPrintable: Bool {
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      false
    default: true
    }
  }

  fileprivate var printable: String {
    switch self {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: isPrintable ? String(self) : "\\u{\(String(value, radix: 16))}"
    }
  }
}

extension UInt8 {
  fileprivate var isASCIIWordByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
