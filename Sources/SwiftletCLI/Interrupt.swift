import Foundation
import Synchronization

/// Whether the user has interrupted the command by Ctrl-C.
///
/// The first time asks the flight to end in good order; the second ends the program.
struct Interrupt {
  private static let count = Atomic<Int>(0)

  /// Listens from now on.
  init() {
    // A parent may have handed on a mask that keeps the signal out.
    var signals = sigset_t()
    // unsafe: C fills and reads the local set while it is called.
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGINT)
    unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    signal(SIGINT) { _ in
      Interrupt.count.add(1, ordering: .relaxed)
      signal(SIGINT, SIG_DFL)
    }
  }

  /// Whether it has happened.
  var hasHappened: Bool { Self.count.load(ordering: .relaxed) > 0 }
}
