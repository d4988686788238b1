import Files

/// A value that replaces one of the file, such as `drones[*].model=cf2p`.
///
/// `name` leads to a key, `[2]` to an element of a list, counted from 0, and `[*]` to all of them;
/// the value is YAML.
package struct Setting: Sendable {
  /// How to go one level down.
  enum Step: Sendable {
    case key(String)
    case element(Int)
    case everyElement
  }

  let steps: [Step]
  let value: LocatedNode
  let location: SourceLocation

  /// The setting that a text spells out.
  package init(parsing text: String) throws(InvalidConfiguration) {
    location = .setting(text)
    let expected = "key.path=value, such as duration=5 or drones[0].model=cf2x"
    guard let sign = text.firstIndex(of: "=") else {
      throw InvalidConfiguration(at: location, "has no \"=\"", expected: expected)
    }
    let path = text[..<sign]
    guard let steps = Self.steps(along: path), steps.count <= InputLimits.depth else {
      throw InvalidConfiguration(
        at: location, value: "\"\(String(path).excerpt)\"", "is not a key path",
        expected: expected)
    }
    self.steps = steps
    value =
      try LocatedNode.parse(String(text[text.index(after: sign)...]), from: location)
      ?? LocatedNode(.plain(""), at: location)
  }

  private static func steps(along path: Substring) -> [Step]? {
    var steps: [Step] = []
    for part in path.split(separator: ".", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
      guard let key = pieces.first, !key.isEmpty, !key.contains("]") else { return nil }
      steps.append(.key(String(key)))
      for piece in pieces.dropFirst() {
        guard piece.last == "]", let step = element(piece.dropLast()) else { return nil }
        steps.append(step)
      }
    }
    return steps
  }

  private static func element(_ index: Substring) -> Step? {
    guard index != "*" else { return .everyElement }
    guard index.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else {
      return nil
    }
    return Int(index).map(Step.element)
  }
}
