/// An SVG file in the making.
struct SVGText {
  private(set) var text = ""

  /// Appends a line as it stands.
  mutating func raw(_ line: String) {
    text += line
    text += "\n"
  }

  /// Appends a line of text of some class, anchored at a place.
  mutating func label(_ words: String, at place: PagePoint, class name: String) {
    raw(
      #"<text class="\#(name)" x="\#(number(place.x))" y="\#(number(place.y))">\#(escaped(words))</text>"#
    )
  }

  /// Appends a straight line of some class.
  mutating func segment(_ a: PagePoint, _ b: PagePoint, class name: String) {
    raw(
      #"<line class="\#(name)" x1="\#(number(a.x))" y1="\#(number(a.y))" "#
        + #"x2="\#(number(b.x))" y2="\#(number(b.y))"/>"#)
  }

  /// Appends a dot of some class.
  mutating func dot(_ place: PagePoint, class name: String) {
    raw(#"<circle class="\#(name)" cx="\#(number(place.x))" cy="\#(number(place.y))" r="3"/>"#)
  }

  /// Appends stretches of a line as one element, a stretch of one point as a dot.
  mutating func path(_ stretches: [[PagePoint]], class name: String) {
    var path = ""
    for stretch in stretches {
      guard let first = stretch.first else { continue }
      path += "M\(number(first.x)) \(number(first.y))"
      if stretch.count == 1 { path += "h0" }
      for point in stretch.dropFirst() { path += "L\(number(point.x)) \(number(point.y))" }
    }
    if !path.isEmpty { raw(#"<path class="\#(name)" d="\#(path)"/>"#) }
  }

  /// A length in pixels, to a tenth.
  func number(_ value: Double) -> String {
    let tenths = Int((min(max(value, -1e6), 1e6) * 10).rounded())
    let (whole, digit) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    return (tenths < 0 ? "-" : "") + String(whole) + (digit == 0 ? "" : ".\(digit)")
  }

  /// A text without what means something to XML, or must not be there at all.
  func escaped(_ words: String) -> String {
    var result = ""
    for scalar in words.unicodeScalars {
      switch scalar {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\"": result += "&quot;"
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
