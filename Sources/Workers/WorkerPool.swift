import Foundation

/// Threads that wait for work and share it piece by piece.
///
/// Who does which piece is left to chance, so that nobody waits for a thread that the system has put
/// aside: pieces must not depend on each other, nor on who does them. Between two jobs the threads
/// look out for the next for some 100 µs before they fall asleep.
public final class WorkerPool: Sendable {
  /// How many threads work, the caller's included.
  public let threadCount: Int
  private let crew = Crew()

  /// A pool of threads, as many as the machine has processors unless said otherwise.
  ///
  /// - Parameter threads: How many threads work, the caller's included.
  public init(threads: Int? = nil) {
    let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    precondition(threads >= 1, "at least the caller's thread, not \(threads)")
    threadCount = threads
    for index in 1..<threads {
      let thread = Thread { [crew] in crew.serve(fromBack: !index.isMultiple(of: 2)) }
      thread.stackSize = 1 << 21
      thread.start()
    }
  }

  deinit { crew.dismiss() }

  /// Does a job, and returns when all of it is done.
  ///
  /// Jobs from several threads at once follow each other. A piece must not itself hand a job to its
  /// pool.
  ///
  /// - Parameters:
  ///   - count: How many pieces the job has.
  ///   - piece: Does one piece, by its index.
  public func forEach(_ count: Int, _ piece: @escaping @Sendable (Int) -> Void) {
    if threadCount == 1 || count <= 1 {
      for index in 0..<count { piece(index) }
    } else if count <= Crew.largestJob {
      crew.run(count, piece)
    } else {
      for first in stride(from: 0, to: count, by: Crew.largestJob) {
        crew.run(min(Crew.largestJob, count - first)) { piece(first + $0) }
      }
    }
  }
}
