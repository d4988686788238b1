import Files

/// Why something could not be recorded.
public enum RecordingError: Error, Hashable, Sendable {
  /// The system refused a file or a folder: which, what was tried ("write"), and why.
  case refused(path: String, action: String, reason: String)

  /// The folder of a run is not empty.
  case folderNotEmpty(path: String)

  /// A name that cannot be part of a file's name.
  case unfitName(String)

  /// A sample holds a value that a trajectory file must not: whose ("drone 0"), at what time [s], in
  /// which column, and what was expected instead.
  case unfitValue(of: String, time: Double, column: String, value: String, expected: String)

  /// Metadata cannot be written as JSON.
  case unfitMetadata(path: String, reason: String)
}

extension RecordingError {
  /// The error of a file that cannot be written.
  init(_ fault: OutputFault) {
    self = .refused(path: fault.path, action: fault.action, reason: fault.reason)
  }
}

extension RecordingError: CustomStringConvertible {
  /// The error in one line.
  public var description: String {
    switch self {
    case .refused(let path, let action, let reason):
      "\(path): could not \(action): \(reason)"
    case .folderNotEmpty(let path):
      "\(path): the folder is not empty; give a new one"
    case .unfitName(let name):
      "\(quotedExcerpt(name)) cannot name a folder: it must not be empty or contain \"/\""
    case .unfitValue(let owner, let time, let column, let value, let expected):
      "\(owner) at t = \(time) s, column \"\(column)\": \(value) is not \(expected)"
    case .unfitMetadata(let path, let reason):
      "\(path): cannot be written as JSON: \(reason)"
    }
  }
}
