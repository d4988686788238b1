/// Why a file cannot be read, as the rest of a line that begins with its path.
package struct FileFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// The fault in words, such as `is a folder; expected a file`.
  package let description: String

  init(_ description: String) { self.description = description }

  /// A failure of the system.
  init(_ failure: SystemFailure) { self.init("cannot be read: \(failure.reason)") }

  /// There is none.
  package static let missing = FileFault("there is no such file")
  static let folder = FileFault("is a folder; expected a file")
  static let pipe = FileFault("is a pipe; expected a file")
  static let silentPipe = FileFault("is a pipe that nothing comes out of; expected a file")
  static let device = FileFault("is a device; expected a file")
  static let socket = FileFault("is a socket; expected a file")

  static func tooLarge(_ limit: Int) -> FileFault {
    FileFault("is larger than \(limit.asFileSize)")
  }
}
