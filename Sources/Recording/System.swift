import Files
import Foundation

extension SystemFailure {
  /// The error of an action on a path that failed so.
  func error(_ path: String, _ action: String) -> RecordingError {
    .refused(path: path, action: action, reason: reason)
  }
}

/// A file that bytes are appended to; closed when let go of.
struct OutputFile: ~Copyable {
  /// Where it is, for errors.
  let path: String

  private let descriptor: Int32

  /// Makes and opens a file; whether it may be there already, to be emptied, is `replacing`.
  init(creating path: String, replacing: Bool) throws(RecordingError) {
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | (replacing ? O_TRUNC : O_EXCL)
    // unsafe: C reads the path, which ends where it should.
    descriptor = isWholePath(path) ? unsafe open(path, flags, 0o666) : -1
    self.path = path
    guard descriptor >= 0 else {
      let failure = isWholePath(path) ? SystemFailure.last : SystemFailure(code: EINVAL)
      throw failure.error(path, "create it")
    }
  }

  deinit { close(descriptor) }

  /// Appends bytes, by one call of the system unless that takes only some of them.
  func append(_ bytes: Span<UInt8>) throws(RecordingError) {
    var done = 0
    while done < bytes.count {
      // unsafe: a C call that reads the span's own bytes, no more than it has.
      let taken = unsafe bytes.extracting(done...).withUnsafeBytes { rest in
        unsafe write(descriptor, rest.baseAddress, rest.count)
      }
      if taken > 0 {
        done += taken
      } else if taken == 0 || errno != EINTR {
        throw (taken == 0 ? SystemFailure(code: ENOSPC) : SystemFailure.last).error(path, "write")
      }
    }
  }

  /// Cuts the file back to a length, as far as the system lets it.
  func cutBack(to length: Int) { _ = ftruncate(descriptor, off_t(length)) }

  /// Waits until everything is on the disk.
  func flush() throws(RecordingError) {
    guard fsync(descriptor) == 0 else { throw SystemFailure.last.error(path, "flush it to disk") }
  }
}

/// Gives a file a new name in place of what had it, at one stroke.
func renameFile(_ path: String, to newPath: String) throws(RecordingError) {
  // unsafe: C reads the paths.
  guard unsafe rename(path, newPath) == 0 else {
    throw SystemFailure.last.error(path, "rename it to \(newPath)")
  }
}

/// Removes a file, if it is there.
func removeFile(_ path: String) {
  // unsafe: C reads the path.
  _ = unsafe unlink(path)
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
