import Files
import Foundation

extension SystemFailure {
  /// The error of an action on a path that failed so.
  func error(_ path: String, _ action: String) -> RecordingError {
    .refused(path: path, action: action, reason: reason)
  }
}

/// Makes a folder in one that is there.
func makeFolder(_ path: String) throws(SystemFailure) {
  // unsafe: C reads the path.
  guard unsafe mkdir(path, 0o777) == 0 else { throw SystemFailure.last }
}

/// Whether there is nothing in a folder.
func isEmptyFolder(_ path: String) throws(SystemFailure) -> Bool {
  // unsafe: C calls on a directory stream that is opened and closed here.
  guard let stream = unsafe opendir(path) else { throw SystemFailure.last }
  defer { unsafe closedir(stream) }
  var count = 0
  // "." and ".." are always there.
  while count < 3, unsafe readdir(stream) != nil { count += 1 }
  return count < 3
}

/// A folder that one run at a time writes into; free again when it is let go of, or its process ends.
final class FolderLock: Sendable {
  private let descriptor: Int32

  /// Locks a folder, or fails where another run has done so.
  ///
  /// Folders that cannot be opened, and file systems without locks, leave it unlocked.
  init?(_ path: String) {
    // unsafe: C reads the path.
    descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      return nil
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
