import Yams

extension ConfigurationError {
  /// What the YAML parser found wrong with a text.
  init(_ error: YamlError, in text: String, from origin: SourceLocation) {
    switch error {
    case .composer(_, _, let mark, _):
      // The one thing that the composer itself can still refuse: aliases are hidden from it.
      self.init(
        at: origin.at(line: mark.line), "a second document begins here",
        expected: "one document")
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _):
      self.init(problem, in: context, at: mark.line, of: text, from: origin)
    case .reader(let problem, let offset, _, _):
      self.init(at: origin.at(line: offset.map(text.line(at:))), "is not YAML: \(problem)")
    case .duplicatedKeysInMapping(let keys, let context):
      let key = HiddenIndicators.shown(in: keys.first ?? "")
      self.init(
        at: origin.at(line: context.mark.line), keyPath: key.keyPathStep,
        "is given more than once in one mapping")
    default:
      self.init(at: origin, "is not YAML that can be read")
    }
  }

  private init(
    _ problem: String, in context: YamlError.Context?, at line: Int, of text: String,
    from origin: SourceLocation
  ) {
    // The parser puts the end of a text on a line of its own.
    let line = min(line, text.lineCount)
    if problem.contains("nesting level") {
      self.init(at: origin.at(line: line), "is nested too deeply")
    } else if problem.contains("cannot start any token"), text.isIndentedWithTab(at: line) {
      self.init(
        at: origin.at(line: line), "is indented with a tab", expected: "spaces")
    } else {
      let beginning = context.map { context in
        let first = min(context.mark.line, text.lineCount)
        return first == line
          ? "\(context.text), " : "\(context.text) that begins on line \(first), "
      }
      self.init(at: origin.at(line: line), "is not YAML: \(beginning ?? "")\(problem)")
    }
  }
}

extension String {
  fileprivate var lineCount: Int {
    let breaks = utf8.count { $0 == UInt8(ascii: "\n") }
    return utf8.last == UInt8(ascii: "\n") ? breaks : breaks + 1
  }

  /// The line, counted from 1, of the character that so many others precede.
  fileprivate func line(at offset: Int) -> Int {
    1 + prefix(offset).count { $0.isNewline }
  }

  fileprivate func isIndentedWithTab(at line: Int) -> Bool {
    let lines = split(separator: "\n", maxSplits: line, omittingEmptySubsequences: false)
    guard lines.indices.contains(line - 1) else { return false }
    return lines[line - 1].prefix { $0 == " " || $0 == "\t" }.contains("\t")
  }
}
