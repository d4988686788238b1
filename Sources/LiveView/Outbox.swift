import Foundation
import Synchronization

/// What waits to be sent to one guest: the newest picture, and a few short answers.
///
/// A guest who reads slowly misses pictures in between; nothing piles up.
final class Outbox: Sendable {
  private struct Waiting {
    var picture: Data?
    var answers: [Data] = []
    var isClosed = false
  }

  /// More answers than this wait for nobody. [–]
  private static let mostAnswers = 8

  private let waiting = Mutex(Waiting())
  private let bell: AsyncStream<Void>
  private let ring: AsyncStream<Void>.Continuation

  init() { (bell, ring) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

  /// Puts a picture in the place of the one that waits.
  func put(picture: Data) {
    waiting.withLock { $0.picture = picture }
    ring.yield()
  }

  /// Adds an answer, to be sent before any picture.
  func put(answer: Data) {
    waiting.withLock { if $0.answers.count < Self.mostAnswers { $0.answers.append(answer) } }
    ring.yield()
  }

  /// Ends it, once what waits is sent.
  func close() {
    waiting.withLock { $0.isClosed = true }
    ring.yield()
  }

  /// What is to be sent next, when there is something; `nil` at the end.
  func next() async -> [Data]? {
    while true {
      let (mail, isClosed) = waiting.withLock { waiting in
        let mail = waiting.answers + (waiting.picture.map { [$0] } ?? [])
        (waiting.answers, waiting.picture) = ([], nil)
        return (mail, waiting.isClosed)
      }
      if !mail.isEmpty { return mail }
      guard !isClosed, !Task.isCancelled else { return nil }
      var bells = bell.makeAsyncIterator()
      guard await bells.next() != nil else { return nil }
    }
  }
}
