import Pictures
import Swiftlet

/// What ends a command early: a message for people, and a code for programs.
struct CommandFailure: Error {
  let message: String
  let code: Int32

  /// A check failed.
  static func check(_ message: String) -> CommandFailure { .init(message: message, code: 1) }
  /// The input is bad.
  static func input(_ message: String) -> CommandFailure { .init(message: message, code: 2) }
  /// Something could not be written.
  static func output(_ message: String) -> CommandFailure { .init(message: message, code: 3) }
}

extension CommandFailure {
  /// The failure of making a picture.
  init(_ error: PictureError) {
    switch error {
    case .table, .unfit: self = .input(error.description)
    case .unwritable, .missingProgram, .failedProgram: self = .output(error.description)
    }
  }

  /// The failure of opening or writing a folder.
  init(_ error: RecordingError) {
    if case .refused = error {
      self = .output(error.description)
    } else {
      self = .input(error.description)
    }
  }

  /// What an error of the package means to a command.
  ///
  /// - Parameters:
  ///   - error: The error.
  ///   - subject: What bad input is wrong in, where the message does not say.
  init?(_ error: any Error, in subject: String? = nil) {
    let prefix = subject.map { "\($0): " } ?? ""
    switch error {
    case let error as RecordingError: self.init(error)
    case let error as PictureError: self.init(error)
    case let error as TaskError: self = .input(prefix + error.description)
    case let error as GymError: self = .check(prefix + error.description)
    case let error as TrainingError:
      if case .file = error {
        self = .output(error.description)
      } else {
        self = .input(prefix + error.description)
      }
    case let error as LearningError:
      switch error {
      case .file: self = .output(error.description)
      case .diverged: self = .check(error.description)
      default: self = .input(error.description)
      }
    default: return nil
    }
  }
}
