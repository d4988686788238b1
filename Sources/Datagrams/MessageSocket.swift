package import Foundation

#if canImport(Glibc)
private let sequenced = Int32(SOCK_SEQPACKET.rawValue)
#else
private let sequenced = SOCK_DGRAM
#endif

/// A socket to a program on this machine that has the other end as its standard input.
///
/// Messages stay apart, none is lost, and each side notices when the other ends.
package final class MessageSocket: Sendable {
  /// The end of the program; this side lets go of it once the program has it.
  package let otherEnd: FileHandle

  private let end: Int32

  /// A pair of ends.
  ///
  /// - Throws: ``DatagramError/noPair(reason:)`` where the system gives none.
  package init() throws(DatagramError) {
    var ends: [Int32] = [-1, -1]
    // unsafe: C writes the two numbers of the local array.
    guard unsafe socketpair(AF_UNIX, sequenced, 0, &ends) == 0 else {
      // unsafe: C gives a text, which is copied at once.
      throw .noPair(reason: unsafe String(cString: strerror(errno)))
    }
    end = ends[0]
    // A program that is started later must not hold this end too.
    _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    otherEnd = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
  }

  deinit { close(end) }

  /// Sends a message; one that cannot be sent is noticed by the answer that does not come.
  package func send(_ message: [UInt8]) {
    #if os(Linux)
    let flags = Int32(MSG_NOSIGNAL)
    #else
    let flags: Int32 = 0
    #endif
    // unsafe: C reads the bytes of the local array while it is called.
    unsafe message.withUnsafeBytes { bytes in
      _ = unsafe Foundation.send(end, bytes.baseAddress, bytes.count, flags)
    }
  }

  /// The next message; `nil` where none comes in time, and no bytes where the program has ended.
  ///
  /// - Parameters:
  ///   - mostBytes: What is longer is cut off. [bytes]
  ///   - time: How long it may take. [ms]
  /// - Returns: The message.
  package func receive(atMost mostBytes: Int, within time: Int32) -> [UInt8]? {
    var waiting = pollfd(fd: end, events: Int16(POLLIN), revents: 0)
    // unsafe: C reads and writes the local value while it is called.
    guard unsafe poll(&waiting, 1, time) > 0 else { return nil }
    return unsafe [UInt8](unsafeUninitializedCapacity: mostBytes) { bytes, count in
      // unsafe: C writes as many bytes as there is room for.
      count = max(0, unsafe recv(end, bytes.baseAddress, mostBytes, 0))
    }
  }
}
