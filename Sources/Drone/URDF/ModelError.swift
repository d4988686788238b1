/// Why a model's file cannot be used.
public struct ModelError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file.
  package var file: String
  /// The line, counted from 1, or 0 where the fault has no line.
  package var line: Int
  /// What is wrong, and what was expected.
  package var message: String

  /// An error in a file.
  package init(file: String, line: Int = 0, message: String) {
    (self.file, self.line, self.message) = (file, line, message)
  }

  public var description: String {
    line > 0 ? "\(file):\(line): \(message)" : "\(file): \(message)"
  }
}
