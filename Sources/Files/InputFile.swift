import Foundation

/// A file to read from, of bounded size; closed when let go of.
///
/// Folders, devices and sockets are refused as soon as they are opened, and so are pipes that nothing
/// comes out of: none of them keeps the program waiting.
package struct InputFile: ~Copyable {
  /// Where it is, as it was given.
  package let path: String

  private let descriptor: Int32
  private let largest: Int
  /// The size that the file says it has. [B]
  private let size: Int
  private let isPipe: Bool

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: Where it is.
  ///   - largest: The most bytes that it may have. [B]
  ///   - takesPipes: Whether a pipe will do that another program writes into.
  /// - Throws: Why it cannot be read.
  package init(
    opening path: String, atMost largest: Int, takesPipes: Bool = false
  ) throws(FileFault) {
    // A pipe without a writer must not hang the program. unsafe: C reads the path.
    descriptor = isWholePath(path) ? unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) : -1
    (self.path, self.largest) = (path, largest)
    var status = stat()
    guard descriptor >= 0 else {
      let failure = isWholePath(path) ? SystemFailure.last : SystemFailure(code: EINVAL)
      (size, isPipe) = (0, false)
      switch failure.code {
      case ENOENT: throw .missing
      case ENXIO: throw .socket
      default: throw FileFault(failure)
      }
    }
    // unsafe: a C call that fills the struct it is given.
    let isKnown = unsafe fstat(descriptor, &status) == 0
    size = Int(status.st_size)
    isPipe = status.st_mode & S_IFMT == S_IFIFO
    guard isKnown else { throw FileFault(.last) }
    try Self.check(status, largest, takesPipes: takesPipes)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  private static func check(
    _ status: stat, _ largest: Int, takesPipes: Bool
  ) throws(FileFault) {
    switch status.st_mode & S_IFMT {
    case S_IFREG where status.st_size > largest: throw .tooLarge(largest)
    case S_IFREG: return
    case S_IFIFO where takesPipes: return
    case S_IFIFO: throw .pipe
    case S_IFDIR: throw .folder
    case S_IFSOCK: throw .socket
    default: throw .device
    }
  }

  /// Reads up to as many bytes as `buffer` has from `start` on, and says how many; 0 at the end.
  package func read(into buffer: inout [UInt8], from start: Int) throws(FileFault) -> Int {
    while true {
      // unsafe: a C call that writes into the array's own bytes, no more than it has.
      let taken = unsafe buffer.withUnsafeMutableBytes { bytes in
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[start...])
        return unsafe Foundation.read(descriptor, rest.baseAddress, rest.count)
      }
      if taken >= 0 { return taken }
      switch errno {
      case EINTR: continue
      case EAGAIN: try awaitWriter()
      default: throw FileFault(.last)
      }
    }
  }

  /// All bytes of the file.
  ///
  /// - Throws: Why they cannot be read, or that they are more than may be.
  package consuming func contents() throws(FileFault) -> [UInt8] {
    // One more, so that the end is met without room being made for it.
    var bytes = [UInt8](repeating: 0, count: size + 1)
    var count = 0
    while true {
      if count == bytes.count { bytes += repeatElement(0, count: max(1 << 16, bytes.count)) }
      let taken = try read(into: &bytes, from: count)
      count += taken
      guard count <= largest else { throw .tooLarge(largest) }
      if taken == 0 { break }
    }
    if count == 0, isPipe { throw .silentPipe }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  /// How long the program behind a pipe may take to write. [s]
  private static let longestWait = 5

  private func awaitWriter() throws(FileFault) {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    // unsafe: C fills the struct that it is given.
    guard unsafe poll(&request, 1, Int32(Self.longestWait * 1000)) > 0 else { throw .silentPipe }
  }
}

/// All bytes of a file.
///
/// - Parameters:
///   - path: Where it is.
///   - largest: The most bytes that it may have. [B]
/// - Returns: The bytes.
/// - Throws: Why it cannot be read.
package func contents(ofFile path: String, atMost largest: Int) throws(FileFault) -> [UInt8] {
  try InputFile(opening: path, atMost: largest).contents()
}
