import Foundation

/// Runs tasks off Swift's own threads, of which there are only as many as cores.
///
/// A server must answer while a program keeps those threads busy with work of its own, and whoever
/// waits for a browser must not keep them from others.
package final class BlockingQueue: TaskExecutor {
  /// The one for everybody.
  package static let shared = BlockingQueue()

  private let queue = DispatchQueue(label: "swiftlet.blocking", attributes: .concurrent)

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async {
      // unsafe: the job runs here and nowhere else, on an object that is never let go of.
      unsafe job.runSynchronously(on: self.asUnownedTaskExecutor())
    }
  }
}
