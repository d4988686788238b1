import Foundation

/// Threads that wait for jobs and share each job piece by piece.
///
/// Which thread does which piece is not fixed, so that no thread waits for one that the system has
/// suspended: pieces must not depend on each other, nor on the thread that does them. Between two jobs
/// the threads poll for the next for some 100 µs before they sleep.
public final class ThreadPool: Sendable {
  /// How many threads work, the caller's included.
  package let threadCount: Int
  private let dispatcher = JobDispatcher()

  /// A pool of threads, as many as the machine has processors unless said otherwise.
  ///
  /// - Parameter threads: How many threads work, the caller's included.
  public init(threads: Int? = nil) {
    let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    precondition(threads >= 1, "at least the caller's thread, not \(threads)")
    threadCount = threads
    for index in 1..<threads {
      let thread = Thread { [dispatcher] in dispatcher.work(fromBack: !index.isMultiple(of: 2)) }
      thread.stackSize = 1 << 21
      thread.start()
    }
  }

  deinit { dispatcher.stop() }

  /// Does a job, and returns when all of it is done.
  ///
  /// Jobs from several threads at once run one after the other. A piece must not itself hand a job to
  /// its pool.
  ///
  /// - Parameters:
  ///   - count: How many pieces the job has.
  ///   - piece: Does one piece, by its index.
  package func forEach(_ count: Int, _ piece: @escaping @Sendable (Int) -> Void) {
    if threadCount == 1 || count <= 1 {
      for index in 0..<count { piece(index) }
    } else if count <= JobDispatcher.largestJob {
      dispatcher.run(count, piece)
    } else {
      for first in stride(from: 0, to: count, by: JobDispatcher.largestJob) {
        dispatcher.run(min(JobDispatcher.largestJob, count - first)) { piece(first + $0) }
      }
    }
  }
}
