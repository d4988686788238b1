/// Why a mesh's file cannot be used.
public struct MeshFileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file.
  public var file: String
  /// The line, counted from 1, or 0 where the fault has no line.
  public var line: Int
  /// What is wrong, and what was expected.
  public var message: String

  public var description: String {
    line > 0 ? "\(file):\(line): \(message)" : "\(file): \(message)"
  }
}
