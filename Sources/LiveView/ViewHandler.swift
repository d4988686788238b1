import FlyingFox
import Foundation

/// What the server answers: the page, and the WebSocket of a live flight.
struct ViewHandler: HTTPHandler {
  let page: String
  let flight: LiveFlight?
  let port: UInt16

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    guard request.isFromOurPage(port: port) else { return .text(.forbidden) }
    switch (request.method, request.path) {
    case (.GET, "/"): return .text(.ok, page, type: "html")
    case (.GET, "/live"):
      guard let flight else { return .text(.badRequest) }
      return try await WebSocketHTTPHandler(handler: LiveSocket(flight: flight))
        .handleRequest(request)
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

  /// The frames for a client; they end after it closes, or breaks the protocol.
  func makeFrames(
    for client: AsyncThrowingStream<WSFrame, any Error>
  ) async throws -> AsyncStream<WSFrame> {
    let queue = ClientQueue()
    flight.add(queue)
    Task {
      let code = await listen(to: client, answering: queue)
      flight.remove(queue)
      queue.put(answer: .close(code: code))
      queue.close()
    }
    return AsyncStream { await queue.next() }
  }

  /// Takes commands until the client's frames end; answers the code to close with.
  private func listen(
    to client: AsyncThrowingStream<WSFrame, any Error>, answering queue: ClientQueue
  ) async -> WSCloseCode {
    do {
      for try await frame in client {
        switch frame.opcode {
        case .close: return .normalClosure
        case .ping: queue.put(answer: .message(frame.payload, as: .pong))
        case .pong: continue
        default: if let command = ViewerCommand(parsing: frame.payload) { flight.take(command) }
        }
      }
      return .normalClosure
    } catch {
      return (error as? WebSocketFailure)?.code ?? .normalClosure
    }
  }
}
