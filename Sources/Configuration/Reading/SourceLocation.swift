/// Where a value was written: a line of a file, or a setting of the command line.
package enum SourceLocation: Sendable, Hashable, CustomStringConvertible {
  /// A line of a file, counted from 1, or the file as a whole.
  case file(String, line: Int?)
  /// Something without a file, by its name.
  case name(String)
  /// A setting such as `duration=5`, as it was typed.
  case setting(String)

  /// The same source at a line, where it has lines.
  func at(line: Int?) -> SourceLocation {
    switch self {
    case .file(let name, _): .file(name, line: line)
    case .name, .setting: self
    }
  }

  /// The line in a file, if it is one.
  package var line: Int? {
    switch self {
    case .file(_, let line): line
    case .name, .setting: nil
    }
  }

  /// The location as compilers print it, such as `circle.yaml:7`.
  package var description: String {
    switch self {
    case .file(let name, let line?): "\(name.printable):\(line)"
    case .file(let name, nil): name.printable
    case .name(let name): name.printable
    case .setting(let text): "--set \(text.excerpt)"
    }
  }
}
