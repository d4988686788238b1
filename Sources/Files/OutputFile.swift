import Foundation

/// Why a file cannot be written.
package struct OutputFault: Error, Hashable, Sendable {
  /// The file.
  package let path: String
  /// What was tried, such as "write".
  package let action: String
  /// Why that failed, in the system's words.
  package let reason: String

  init(_ path: String, _ action: String, _ failure: SystemFailure) {
    (self.path, self.action, reason) = (path, action, failure.reason)
  }
}

/// A file that bytes are appended to; closed when let go of.
package struct OutputFile: ~Copyable {
  /// Where it is, for errors.
  package let path: String

  private let descriptor: Int32

  /// Makes and opens a file; whether it may be there already, to be emptied, is `replacing`.
  package init(creating path: String, replacing: Bool) throws(OutputFault) {
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | (replacing ? O_TRUNC : O_EXCL)
    // unsafe: C reads the path, which ends where it should.
    descriptor = isWholePath(path) ? unsafe open(path, flags, 0o666) : -1
    self.path = path
    guard descriptor >= 0 else {
      let failure = isWholePath(path) ? SystemFailure.last : SystemFailure(code: EINVAL)
      throw OutputFault(path, "create it", failure)
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Appends bytes, by one call of the system unless that takes only some of them.
  package func append(_ bytes: Span<UInt8>) throws(OutputFault) {
    var done = 0
    while done < bytes.count {
      // unsafe: a C call that reads the span's own bytes, no more than it has.
      let taken = unsafe bytes.extracting(done...).withUnsafeBytes { rest in
        unsafe write(descriptor, rest.baseAddress, rest.count)
      }
      if taken > 0 {
        done += taken
      } else if taken == 0 || errno != EINTR {
        let failure = taken == 0 ? SystemFailure(code: ENOSPC) : SystemFailure.last
        throw OutputFault(path, "write", failure)
      }
    }
  }

  /// Cuts the file back to a length, as far as the system lets it.
  package func cutBack(to length: Int) { _ = ftruncate(descriptor, off_t(length)) }

  /// Waits until everything is on the disk.
  package func flush() throws(OutputFault) {
    guard fsync(descriptor) == 0 else { throw OutputFault(path, "flush it to disk", .last) }
  }
}

/// Gives a file a new name in place of what had it, at one stroke.
package func renameFile(_ path: String, to newPath: String) throws(OutputFault) {
  // unsafe: C reads the paths.
  guard unsafe rename(path, newPath) == 0 else {
    throw OutputFault(path, "rename it to \(newPath)", .last)
  }
}

/// Writes bytes to a file that appears whole or not at all, in place of what had its name.
///
/// Until it is finished the file is called `path.partial`; that is removed if it cannot be finished, and
/// written anew next time where the program was killed.
package func writeWholeFile(_ bytes: Span<UInt8>, to path: String) throws(OutputFault) {
  let temporary = path + ".partial"
  let file = try OutputFile(creating: temporary, replacing: true)
  do throws(OutputFault) {
    try file.append(bytes)
    try file.flush()
    try renameFile(temporary, to: path)
  } catch {
    // unsafe: C reads the path.
    _ = unsafe unlink(temporary)
    throw error
  }
}
