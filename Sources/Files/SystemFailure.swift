import Foundation

/// What the operating system said when a call failed.
package struct SystemFailure: Error, Sendable {
  /// The number of the error.
  package let code: Int32

  /// The failure of this number.
  package init(code: Int32) { self.code = code }

  /// The system's words for it.
  package var reason: String {
    // unsafe: strerror returns a C string that stays valid until the thread's next call of it.
    unsafe String(cString: strerror(code))
  }

  /// The failure of the call just made.
  package static var last: SystemFailure { SystemFailure(code: errno) }
}

/// Whether C sees the whole of a path: it ends at a zero byte.
package func isWholePath(_ path: String) -> Bool { !path.utf8.contains(0) }
