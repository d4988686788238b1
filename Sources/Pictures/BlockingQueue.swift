import Foundation

/// Runs tasks off Swift's own threads, of which there are only as many as cores.
///
/// A server must answer while a program keeps those threads busy with work of its own, and a task that
/// blocks until a browser answers must not take one of them from other tasks.
package final class BlockingQueue: TaskExecutor {
  /// The one that all share.
  package static let shared = BlockingQueue()

  private let queue = DispatchQueue(label: "swiftlet.blocking", attributes: .concurrent)

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async {
      // unsafe: the job runs here and nowhere else, on an object that lives as long as the program.
      unsafe job.runSynchronously(on: self.asUnownedTaskExecutor())
    }
  }
}
