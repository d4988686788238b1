/// Why a mesh's file cannot be used.
public struct MeshFileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file.
  package var file: String
  /// The line, counted from 1, or 0 where the fault has no line.
  package var line: Int
  /// What is wrong, and what was expected.
  package var message: String

  public var description: String {
    line > 0 ? "\(file):\(line): \(message)" : "\(file): \(message)"
  }
}
