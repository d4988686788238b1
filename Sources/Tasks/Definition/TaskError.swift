/// Why a task cannot be played.
public struct TaskError: Error, Sendable, CustomStringConvertible {
  /// What is in the way.
  public var description: String

  init(_ description: String) { self.description = description }
}
