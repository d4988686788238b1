import FlyingFox
import Synchronization

/// What waits to be sent to one client: the newest picture of the flight, and a few answers.
///
/// A client that reads slowly misses pictures in between; the queue does not grow.
final class ClientQueue: Sendable {
  fileprivate struct Waiting {
    var picture: WSFrame?
    var answers: [WSFrame] = []
    var isClosed = false
  }

  /// Answers beyond this number are dropped. [–]
  private static let mostAnswers = 8

  private let waiting = Mutex(Waiting())
  private let arrivals: AsyncStream<Void>
  private let arrival: AsyncStream<Void>.Continuation

  init() { (arrivals, arrival) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

  /// Puts a picture in the place of the one that waits.
  func put(picture: WSFrame) {
    waiting.withLock { $0.picture = picture }
    arrival.yield()
  }

  /// Adds an answer, to be sent before any picture.
  func put(answer: WSFrame) {
    waiting.withLock { if $0.answers.count < Self.mostAnswers { $0.answers.append(answer) } }
    arrival.yield()
  }

  /// Ends it, once what waits is sent.
  func close() {
    waiting.withLock { $0.isClosed = true }
    arrival.yield()
  }

  /// The frame to be sent next, when there is one; `nil` at the end.
  func next() async -> WSFrame? {
    while true {
      let (frame, isClosed) = waiting.withLock { ($0.takeFirst(), $0.isClosed) }
      if let frame { return frame }
      guard !isClosed, !Task.isCancelled else { return nil }
      var iterator = arrivals.makeAsyncIterator()
      guard await iterator.next() != nil else { return nil }
    }
  }
}

extension ClientQueue.Waiting {
  fileprivate mutating func takeFirst() -> WSFrame? {
    if !answers.isEmpty { return answers.removeFirst() }
    defer { picture = nil }
    return picture
  }
}
