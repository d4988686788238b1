import Foundation
import Swiftlet

/// Makes the standard streams fit to be written to, whatever the parent process has left of them.
///
/// A stream that is closed must not become the first file that is opened: it is opened on nothing, so
/// that what is written to standard output fails and can be told. A reader that has gone is told by the
/// failed write, not by a signal that ends the process.
func prepareStandardStreams() {
  signal(SIGPIPE, SIG_IGN)
  // unsafe: C reads the path. The lowest free descriptor is taken, in ascending order.
  for stream in 0...2 where fcntl(Int32(stream), F_GETFD) == -1 {
    _ = unsafe open("/dev/null", stream == 2 ? O_WRONLY : O_RDONLY)
  }
}

/// Writes a text and the end of its line to standard output.
///
/// - Throws: A failure with code 3 if it could not be written.
func standardOutput(_ text: String) throws(CommandFailure) {
  guard let failure = write(text.escapingControls + "\n", to: STDOUT_FILENO) else { return }
  // A reader that has seen enough, such as head, is no fault to tell.
  guard failure != EPIPE else { throw .output("") }
  // unsafe: strerror returns a C string that stays valid until the thread's next call of it.
  throw .output("standard output: could not write: \(unsafe String(cString: strerror(failure)))")
}

/// Writes a text and the end of its line to standard error, as far as that can be written.
func standardError(_ text: String) {
  _ = write(text.escapingControls + "\n", to: STDERR_FILENO)
}

/// Writes a text as it stands, with what moves a terminal's cursor, to standard error.
func terminal(_ text: String) { _ = write(text, to: STDERR_FILENO) }

/// Writes all of a text, and returns the number of the error if that failed.
private func write(_ text: String, to descriptor: Int32) -> Int32? {
  var rest = Array(text.utf8)[...]
  while !rest.isEmpty {
    // unsafe: a C call that reads the slice's own bytes.
    let count = unsafe rest.withUnsafeBytes {
      unsafe Foundation.write(descriptor, $0.baseAddress, $0.count)
    }
    if count > 0 {
      rest = rest.dropFirst(count)
    } else if count == 0 || errno != EINTR {
      return count == 0 ? ENOSPC : errno
    }
  }
  return nil
}

extension String {
  /// The text with escapes in place of the characters that a terminal obeys, which names and words of
  /// files may hold.
  ///
  /// Ends of lines and tabs stay.
  var escapingControls: String {
    guard unicodeScalars.contains(where: \.isTerminalControl) else { return self }
    return unicodeScalars.map { scalar in
      scalar.isTerminalControl
        ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
    }.joined()
  }
}

extension Unicode.Scalar {
  /// Whether a terminal obeys it: a control character, or one that turns the direction of writing.
  fileprivate var isTerminalControl: Bool {
    switch value {
    case 0x09, 0x0a: false
    case 0..<0x20, 0x7f..<0xa0, 0x200e...0x200f, 0x2028...0x202e, 0x2066...0x2069: true
    default: false
    }
  }
}
