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
  /// The number of the last job in the upper half, its next piece in the lower.
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
      help(with: job)
      var looks = 0
      while donePieces.load(ordering: .acquiring) < count {
        looks += 1
        if looks > Self.patience { sched_yield() }
      }
      self.job.withLock { $0 = nil }
    }
  }

  /// Helps with one job after another until it is dismissed.
  func serve() {
    var last: UInt32 = 0
    while true {
      waitForJob(after: last)
      if isDismissed.load(ordering: .acquiring) { return }
      last = number
      if let job = job.withLock({ $0 }) { help(with: job) }
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

  /// Takes pieces of a job until there are none.
  private func help(with job: Job) {
    while true {
      let next = ticket.load(ordering: .acquiring)
      let piece = Int(next & 0xffff_ffff)
      guard next >> 32 == job.number, piece < job.count else { return }
      // Whoever moves the ticket on has the piece; of an older job nobody can.
      let (isMine, _) = ticket.compareExchange(
        expected: next, desired: next + 1, ordering: .acquiringAndReleasing)
      guard isMine else { continue }
      job.piece(piece)
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
