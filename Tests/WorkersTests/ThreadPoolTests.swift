import Synchronization
import Testing
import Workers

/// A count that threads share.
private final class Tally: Sendable {
  let counts: Mutex<[Int]>
  init(_ pieces: Int) { counts = Mutex(Array(repeating: 0, count: pieces)) }
}

struct ThreadPoolTests {
  @Test("every piece is done once, on any number of threads", arguments: [1, 2, 3, 8])
  func onceEach(threads: Int) {
    let pool = ThreadPool(threads: threads)
    for pieces in [0, 1, 2, 7, 100, 1000] {
      let tally = Tally(pieces)
      pool.forEach(pieces) { piece in tally.counts.withLock { $0[piece] += 1 } }
      #expect(tally.counts.withLock { $0 } == Array(repeating: 1, count: pieces))
    }
  }

  @Test("a job is over when it returns, thousands of times in a row")
  func returnsWhenDone() {
    let pool = ThreadPool(threads: 4)
    let tally = Tally(1)
    var early = 0
    for round in 1...5000 {
      pool.forEach(8) { piece in tally.counts.withLock { $0[0] += piece } }
      if tally.counts.withLock({ $0[0] }) != 28 * round { early += 1 }
    }
    #expect(early == 0)
  }

  @Test("callers from several threads take turns")
  func callersTakeTurns() async {
    let pool = ThreadPool(threads: 2)
    let tally = Tally(16)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<50 {
        group.addTask {
          pool.forEach(16) { piece in tally.counts.withLock { $0[piece] += 1 } }
        }
      }
    }
    #expect(tally.counts.withLock { $0 } == Array(repeating: 50, count: 16))
  }

  @Test("pools come and go")
  func comeAndGo() {
    for _ in 0..<100 {
      let tally = Tally(4)
      ThreadPool(threads: 3).forEach(4) { piece in tally.counts.withLock { $0[piece] += 1 } }
      #expect(tally.counts.withLock { $0 } == [1, 1, 1, 1])
    }
  }
}
