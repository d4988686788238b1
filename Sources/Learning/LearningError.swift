/// Why learning, or a file of it, was refused.
public enum LearningError: Error, Hashable, Sendable {
  /// An option has a value that makes no sense.
  case badOption(String)
  /// The environment is of a kind that the learner cannot learn from.
  case unfitEnvironment(String)
  /// The numbers of the network are no longer finite.
  case diverged(step: Int)
  /// A file could not be written, or is not there.
  case file(path: String, reason: String)
  /// A file cannot be read, is not what it should be, or is damaged.
  case badFile(path: String, reason: String)
}

extension LearningError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .badOption(let reason): reason
    case .unfitEnvironment(let reason): reason
    case .diverged(let step):
      "learning diverged at step \(step): lower the learning rate, or clip more"
    case .file(let path, let reason), .badFile(let path, let reason):
      Self.line("\(path): \(reason)")
    }
  }

  /// A text on one line, whatever a file holds: control characters are escaped.
  private static func line(_ text: String) -> String {
    text.unicodeScalars.map {
      $0.properties.generalCategory == .control ? $0.escaped(asASCII: true) : String($0)
    }.joined()
  }
}
