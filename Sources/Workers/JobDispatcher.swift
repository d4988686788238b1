import Foundation
import Synchronization

/// The state that the threads of a pool share: the job under way and which of its pieces are taken.
final class JobDispatcher: Sendable {
  private struct Job {
    let number: UInt32
    let count: Int
    let piece: @Sendable (Int) -> Void
  }

  /// How often a thread polls for a job before it sleeps, which takes some 100 µs: as long as a learner
  /// may compute between two steps, and less than it takes to wake up twice.
  private static let pollCount = 100_000

  /// The number of the last job, locked while that job runs, so that another waits until it is done.
  private let lastNumber = Mutex<UInt32>(0)
  private let job = Mutex<Job?>(nil)
  /// The number of the last job in the upper half; how many of its pieces are taken from the front, and
  /// how many from the back, in the quarters of the lower.
  private let ticket = Atomic<UInt64>(0)
  private let donePieces = Atomic<Int>(0)
  private let sleepingThreads = Atomic<Int>(0)
  private let isStopped = Atomic<Bool>(false)
  private let wakeUp = NSCondition()

  /// Does a job together with the threads of the pool, and returns when its last piece is done.
  func run(_ count: Int, _ piece: @escaping @Sendable (Int) -> Void) {
    lastNumber.withLock { number in
      number &+= 1
      let job = Job(number: number, count: count, piece: piece)
      self.job.withLock { $0 = job }
      donePieces.store(0, ordering: .sequentiallyConsistent)
      ticket.store(UInt64(number) << 32, ordering: .sequentiallyConsistent)
      wakeSleepingThreads()
      takePieces(of: job, fromBack: false)
      var polls = 0
      while donePieces.load(ordering: .acquiring) < count {
        polls += 1
        if polls > Self.pollCount { sched_yield() }
      }
      self.job.withLock { $0 = nil }
    }
  }

  /// Does pieces of one job after another until ``stop()``.
  func work(fromBack: Bool) {
    var last: UInt32 = 0
    while true {
      waitForJob(after: last)
      if isStopped.load(ordering: .acquiring) { return }
      last = number
      if let job = job.withLock({ $0 }) { takePieces(of: job, fromBack: fromBack) }
    }
  }

  /// Ends the threads of the pool.
  func stop() {
    isStopped.store(true, ordering: .sequentiallyConsistent)
    wakeSleepingThreads()
  }

  private var number: UInt32 {
    UInt32(truncatingIfNeeded: ticket.load(ordering: .sequentiallyConsistent) >> 32)
  }

  /// The most pieces of a job.
  static let largestJob = 0xffff

  /// Takes pieces of a job until there are none.
  ///
  /// Some threads take them from the front and some from the back, so that from job to job each works on
  /// much the same pieces, which it finds in its caches.
  private func takePieces(of job: Job, fromBack: Bool) {
    while true {
      let next = ticket.load(ordering: .acquiring)
      let (front, back) = (Int(next >> 16 & 0xffff), Int(next & 0xffff))
      guard next >> 32 == job.number, front + back < job.count else { return }
      // The thread that advances the ticket has the piece; for an older job no thread can.
      let (isMine, _) = ticket.compareExchange(
        expected: next, desired: next + (fromBack ? 1 : 1 << 16),
        ordering: .acquiringAndReleasing)
      guard isMine else { continue }
      job.piece(fromBack ? job.count - 1 - back : front)
      donePieces.add(1, ordering: .releasing)
    }
  }

  private func waitForJob(after last: UInt32) {
    func hasWork() -> Bool { number != last || isStopped.load(ordering: .sequentiallyConsistent) }
    for _ in 0..<Self.pollCount where hasWork() { return }
    // The thread that brings a job either sees this count, or this thread sees its job before it sleeps.
    sleepingThreads.add(1, ordering: .sequentiallyConsistent)
    wakeUp.lock()
    while !hasWork() { wakeUp.wait() }
    wakeUp.unlock()
    sleepingThreads.subtract(1, ordering: .sequentiallyConsistent)
  }

  private func wakeSleepingThreads() {
    guard sleepingThreads.load(ordering: .sequentiallyConsistent) > 0 else { return }
    wakeUp.lock()
    wakeUp.broadcast()
    wakeUp.unlock()
  }
}
