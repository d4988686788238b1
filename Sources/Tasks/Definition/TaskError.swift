/// Why a task cannot be played.
public struct TaskError: Error, Sendable, CustomStringConvertible {
  /// What is in the way.
  public var description: String

  /// The key of a task's file that is at fault, such as `rates.control`, where it is one.
  package var key: String?

  init(_ description: String, at key: String? = nil) {
    (self.description, self.key) = (description, key)
  }
}
