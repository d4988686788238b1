package import Recording

/// Why a picture could not be made.
package enum PictureError: Error, Sendable {
  /// A file of numbers is bad.
  case table(CSVError)
  /// A file or folder is not what a picture can be made of: which, and why.
  case unfit(path: String, reason: String)
  /// Something could not be written.
  case unwritable(RecordingError)
  /// A program that is needed is missing: which, and what to do.
  case missingProgram(String, advice: String)
  /// A program that was started failed: which, and how.
  case failedProgram(String, reason: String)
}

extension PictureError: CustomStringConvertible {
  /// The error in one line.
  package var description: String {
    switch self {
    case .table(let error): error.description
    case .unfit(let path, let reason): "\(path): \(reason)"
    case .unwritable(let error): error.description
    case .missingProgram(let name, let advice): "there is no \(name) on the PATH: \(advice)"
    case .failedProgram(let name, let reason): "\(name) failed: \(reason)"
    }
  }
}
