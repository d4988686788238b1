import Foundation
import Synchronization

/// What the threads of a pool share.
final class Crew: Sendable {
  private struct Job {
    let number: UInt32
    let count: Int
    let piece: @Sendable (Int) -> Void
  }

  /// How often a thread looks for work before it sleeps, which takes some 100 µs: as long as a learner may
  /// think between two steps, and less than it takes to wake up twice.
  private static let patience = 100_000

  /// The job under way; while it is locked, nobody else brings one.
  private let turn = Mutex<UInt32>(0)
  private let job = Mutex<Job?>(nil)
  /// The number of the last job in the upper half; how many of its pieces are taken from the front, and
  /// how many from the back, in the quarters of the lower.
  private let ticket = Atomic<UInt64>(0)
  private let donePieces = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let isDismissed = Atomic<Bool>(false)
  private let work = NSCondition()

  /// Does a job together with the threads that serve, and waits for the last piece.
  func run(_ count: Int, _ piece: @escaping @Sendable (Int) -> Void) {
    turn.withLock { number in
      number &+= 1
      let job = Job(number: number, count: count, piece: piece)
      self.job.withLock { $0 = job }
      donePieces.store(0, ordering: .sequentiallyConsistent)
      ticket.store(UInt64(number) << 32, ordering: .sequentiallyConsistent)
      wakeSleepers()
      help(with: job, fromBack: false)
      var looks = 0
      while donePieces.load(ordering: .acquiring) < count {
        looks += 1
        if looks > Self.patience { sched_yield() }
      }
      self.job.withLock { $0 = nil }
    }
  }

  /// Helps with one job after another until it is dismissed.
  func serve(fromBack: Bool) {
    var last: UInt32 = 0
    while true {
      waitForJob(after: last)
      if isDismissed.load(ordering: .acquiring) { return }
      last = number
      if let job = job.withLock({ $0 }) { help(with: job, fromBack: fromBack) }
    }
  }

  /// Lets the threads that serve end.
  func dismiss() {
    isDismissed.store(true, ordering: .sequentiallyConsistent)
    wakeSleepers()
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
  private func help(with job: Job, fromBack: Bool) {
    while true {
      let next = ticket.load(ordering: .acquiring)
      let (front, back) = (Int(next >> 16 & 0xffff), Int(next & 0xffff))
      guard next >> 32 == job.number, front + back < job.count else { return }
      // Whoever moves the ticket on has the piece; of an older job nobody can.
      let (isMine, _) = ticket.compareExchange(
        expected: next, desired: next + (fromBack ? 1 : 1 << 16),
        ordering: .acquiringAndReleasing)
      guard isMine else { continue }
      job.piece(fromBack ? job.count - 1 - back : front)
      donePieces.add(1, ordering: .releasing)
    }
  }

  private func waitForJob(after last: UInt32) {
    func hasNews() -> Bool { number != last || isDismissed.load(ordering: .sequentiallyConsistent) }
    for _ in 0..<Self.patience where hasNews() { return }
    // Whoever brings a job sees either that somebody sleeps, or is seen before anybody does.
    sleepers.add(1, ordering: .sequentiallyConsistent)
    work.lock()
    while !hasNews() { work.wait() }
    work.unlock()
    sleepers.subtract(1, ordering: .sequentiallyConsistent)
  }

  private func wakeSleepers() {
    guard sleepers.load(ordering: .sequentiallyConsistent) > 0 else { return }
    work.lock()
    work.broadcast()
    work.unlock()
  }
}
