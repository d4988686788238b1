import Synchronization
import Workers

extension ThreadPool {
  /// Runs a body once for each chunk of a piece of work.
  ///
  /// Which thread takes which chunk is left to chance; whatever a chunk writes must be its own.
  ///
  /// - Parameters:
  ///   - count: How many chunks there are.
  ///   - body: What is done, given the chunk and which of the threads does it, counted from 0.
  func forEachChunk(
    _ count: Int, _ body: @escaping @Sendable (_ chunk: Int, _ thread: Int) -> Void
  ) {
    guard count > 1, threadCount > 1 else {
      for chunk in 0..<count { body(chunk, 0) }
      return
    }
    let ticket = Ticket()
    forEach(min(threadCount, count)) { thread in
      while true {
        let chunk = ticket.take()
        guard chunk < count else { return }
        body(chunk, thread)
      }
    }
  }
}

/// Counts up, for several threads.
private final class Ticket: Sendable {
  private let next = Atomic<Int>(0)

  func take() -> Int { next.wrappingAdd(1, ordering: .relaxed).oldValue }
}
