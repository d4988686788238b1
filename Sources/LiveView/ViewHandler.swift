package import FlyingFox
import Foundation
import Synchronization

/// What the server answers: the page, and the WebSocket of a live flight.
package struct ViewHandler: HTTPHandler {
  private let page: String
  private let flight: LiveFlight?
  private let port: UInt16
  private let patience: Duration

  /// A handler for a page, and the flight that it shows live to clients that are not silent for longer
  /// than some time.
  package init(
    page: String, flight: LiveFlight?, port: UInt16, patience: Duration = .seconds(30)
  ) {
    (self.page, self.flight, self.port, self.patience) = (page, flight, port, patience)
  }

  package func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    guard request.isFromOurPage(port: port) else { return .text(.forbidden) }
    switch (request.method, request.path) {
    case (.GET, "/"): return .text(.ok, page, type: "html")
    case (.GET, "/live"):
      guard let flight else { return .text(.badRequest) }
      return try await WebSocketHTTPHandler(
        handler: LiveSocket(flight: flight, patience: patience)
      ).handleRequest(request)
    case (.GET, _): return .text(.notFound)
    default: return .text(.methodNotAllowed)
    }
  }
}

extension HTTPResponse {
  /// A page, or the status in words.
  static func text(
    _ status: HTTPStatusCode, _ text: String? = nil, type: String = "plain"
  ) -> HTTPResponse {
    HTTPResponse(
      statusCode: status,
      headers: [
        .contentType: "text/\(type); charset=utf-8", .cacheControl: "no-store",
        HTTPHeader("Content-Security-Policy"): "frame-ancestors 'none'",
        HTTPHeader("X-Content-Type-Options"): "nosniff",
      ], body: Data((text ?? "\(status.code) \(status.phrase)\n").utf8))
  }
}

/// The WebSocket of a live flight: pictures go out, commands come in.
struct LiveSocket: WSHandler {
  let flight: LiveFlight
  /// How long a client may be silent though it is asked for a sign of life, which browsers give by
  /// themselves: places are few.
  let patience: Duration

  /// The frames for a client; they end after it closes, or breaks the protocol.
  func makeFrames(
    for client: AsyncThrowingStream<WSFrame, any Error>
  ) async throws -> AsyncStream<WSFrame> {
    let queue = ClientQueue()
    flight.add(queue)
    Task {
      let signs = SignsOfLife()
      let code = await withTaskGroup(of: WSCloseCode.self) { group in
        group.addTask { await listen(to: client, answering: queue, signs) }
        group.addTask { await watch(signs, asking: queue) }
        let first = await group.next() ?? .normalClosure
        group.cancelAll()
        return first
      }
      flight.remove(queue)
      queue.put(answer: .close(code: code))
      queue.close()
    }
    return AsyncStream { await queue.next() }
  }

  /// Takes commands until the client's frames end; answers the code to close with.
  private func listen(
    to client: AsyncThrowingStream<WSFrame, any Error>, answering queue: ClientQueue,
    _ signs: SignsOfLife
  ) async -> WSCloseCode {
    do {
      for try await frame in client {
        signs.note()
        switch frame.opcode {
        case .close: return .normalClosure
        case .ping: queue.put(answer: .message(frame.payload, as: .pong))
        case .pong: continue
        default:
          if let command = ViewerCommand(parsing: frame.payload) {
            flight.take(command, from: queue)
          }
        }
      }
      return .normalClosure
    } catch {
      return (error as? WebSocketFailure)?.code ?? .normalClosure
    }
  }

  /// Asks the client for a sign of life now and then, until it has given none for too long.
  private func watch(_ signs: SignsOfLife, asking queue: ClientQueue) async -> WSCloseCode {
    let questions = 3
    while signs.countOfQuestions < questions {
      guard (try? await Task.sleep(for: patience / questions)) != nil else { break }
      signs.ask()
      queue.put(answer: .message(Data(), as: .ping))
    }
    return .goingAway
  }
}

/// Whether a client is still there.
private final class SignsOfLife: Sendable {
  private let questions = Atomic<Int>(0)

  /// How many times it was asked since it was last heard of.
  var countOfQuestions: Int { questions.load(ordering: .relaxed) }

  /// Notes that it was heard of.
  func note() { questions.store(0, ordering: .relaxed) }

  /// Notes that it was asked.
  func ask() { questions.add(1, ordering: .relaxed) }
}
