import Foundation

/// What the operating system said when a call failed.
struct SystemFailure: Error {
  /// The number of the error.
  let code: Int32

  /// The system's words for it.
  var reason: String {
    // unsafe: strerror returns a C string that stays valid until the thread's next call of it.
    unsafe String(cString: strerror(code))
  }

  /// The failure of the call just made.
  static var last: SystemFailure { SystemFailure(code: errno) }

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

/// A regular file to read from; closed when let go of.
struct InputFile: ~Copyable {
  /// Where it is, as it was given.
  let path: String

  private let descriptor: Int32

  /// Opens a file.
  init(opening path: String) throws(CSVError) {
    // A pipe without a writer must not hang the program. unsafe: C reads the path.
    descriptor = isWholePath(path) ? unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) : -1
    self.path = path
    guard descriptor >= 0 else {
      throw failure(isWholePath(path) ? .last : SystemFailure(code: EINVAL))
    }
    var status = stat()
    // unsafe: a C call that fills the struct it is given.
    guard unsafe fstat(descriptor, &status) == 0 else { throw failure(.last) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: throw failure(SystemFailure(code: EISDIR))
    default: throw CSVError(file: path, .unreadable("not a regular file"))
    }
  }

  deinit { close(descriptor) }

  /// Reads up to as many bytes as `buffer` has from `start` on, and says how many; 0 at the end.
  func read(into buffer: inout [UInt8], from start: Int) throws(CSVError) -> Int {
    while true {
      // unsafe: a C call that writes into the array's own bytes, no more than it has.
      let taken = unsafe buffer.withUnsafeMutableBytes { bytes in
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[start...])
        return unsafe Foundation.read(descriptor, rest.baseAddress, rest.count)
      }
      if taken >= 0 { return taken }
      if errno != EINTR { throw failure(.last) }
    }
  }

  private func failure(_ failure: SystemFailure) -> CSVError {
    CSVError(file: path, .unreadable(failure.reason))
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

/// Whether C sees the whole of a path: it ends at a zero byte.
func isWholePath(_ path: String) -> Bool { !path.utf8.contains(0) }
