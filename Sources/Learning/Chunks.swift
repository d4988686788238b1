import Dispatch
import Synchronization

/// Runs a body once for each chunk of a piece of work, on some threads at once.
///
/// Which thread takes which chunk is left to chance; whatever a chunk writes must be its own.
///
/// - Parameters:
///   - count: How many chunks there are.
///   - threads: How many threads may work on them.
///   - body: What is done, given the chunk and which of the threads does it.
func forEachChunk(
  _ count: Int, threads: Int, _ body: @Sendable (_ chunk: Int, _ thread: Int) -> Void
) {
  guard count > 1, threads > 1 else {
    for chunk in 0..<count { body(chunk, 0) }
    return
  }
  let ticket = Ticket()
  DispatchQueue.concurrentPerform(iterations: min(threads, count)) { thread in
    while true {
      let chunk = ticket.take()
      guard chunk < count else { return }
      body(chunk, thread)
    }
  }
}

/// Counts up, for several threads.
private final class Ticket: Sendable {
  private let next = Atomic<Int>(0)

  func take() -> Int { next.wrappingAdd(1, ordering: .relaxed).oldValue }
}
