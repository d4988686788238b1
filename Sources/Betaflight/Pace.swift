import Foundation
import Synchronization

/// Keeps steps from following each other faster than time goes by on the wall.
final class Pace: Sendable {
  /// When the next step may begin.
  private let next = Mutex(ContinuousClock.now)

  /// Waits until a step may begin that lasts so long; what is late is not made good. [s]
  func wait(_ period: Double) {
    let start = next.withLock { next in
      let start = max(next, .now)
      next = start + .seconds(period)
      return start
    }
    let rest = start - .now
    if rest > .zero { Thread.sleep(forTimeInterval: rest / .seconds(1)) }
  }
}
