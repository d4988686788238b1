import FlyingSocks
import Foundation

/// One browser's connection.
struct Connection: Sendable {
  /// How long a request may take to come in, and a page to go out.
  private static let patience = Duration.seconds(10)

  private let socket: AsyncSocket
  private let page: String
  private let flight: LiveFlight?
  private let port: UInt16

  init(_ socket: AsyncSocket, page: String, flight: LiveFlight?, port: UInt16) {
    (self.socket, self.page, self.flight, self.port) = (socket, page, flight, port)
  }

  /// Answers one request, and stays where that is a WebSocket's.
  func serve() async {
    let request = await within(Self.patience) { try await self.readHead() }
    guard let (head, rest) = request ?? nil else { return }
    guard let head = HTTPRequestHead(parsing: head) else { return await answer("400 Bad Request") }
    guard head.isOurOwn(port: port) else { return await answer("403 Forbidden") }
    switch (head.method, head.path) {
    case ("GET", "/"): await answer("200 OK", page: page)
    case ("GET", "/live"):
      guard let flight, let accepted = head.webSocketAnswer else {
        return await answer("400 Bad Request")
      }
      let isSent: Void? = await within(Self.patience) {
        try await socket.write(Data(accepted.utf8))
      }
      if isSent != nil { await converse(about: flight, from: rest) }
    case ("GET", _): await answer("404 Not Found")
    default: await answer("405 Method Not Allowed")
    }
  }

  /// The head of a request, and what came in behind it.
  private func readHead() async throws -> ([UInt8], [UInt8])? {
    let end: [UInt8] = [13, 10, 13, 10]
    var bytes: [UInt8] = []
    while bytes.count < HTTPRequestHead.longest {
      bytes += try await socket.read(atMost: 2048)
      if let place = bytes.firstRange(of: end) {
        return (Array(bytes[..<place.lowerBound]), Array(bytes[place.upperBound...]))
      }
    }
    return nil
  }

  private func answer(_ status: String, page: String? = nil) async {
    let body = Data((page ?? status + "\n").utf8)
    let head = """
      HTTP/1.1 \(status)\r
      Content-Type: text/\(page == nil ? "plain" : "html"); charset=utf-8\r
      Content-Length: \(body.count)\r
      Cache-Control: no-store\r
      Content-Security-Policy: frame-ancestors 'none'\r
      X-Content-Type-Options: nosniff\r
      Connection: close\r
      \r\n
      """
    _ = await within(Self.patience) { try await socket.write(Data(head.utf8) + body) }
  }

  /// Sends pictures and takes wishes until either side ends it.
  private func converse(about flight: LiveFlight, from rest: [UInt8]) async {
    let outbox = Outbox()
    flight.welcome(outbox)
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        while let mail = await outbox.next() {
          for message in mail {
            guard (try? await socket.write(message)) != nil else { return }
          }
        }
      }
      group.addTask {
        let failure = await listen(for: flight, from: rest, answering: outbox)
        flight.dismiss(outbox)
        outbox.put(answer: WebSocketFrame.closing(failure))
        outbox.close()
        // A guest who does not read cannot keep us from leaving.
        try? await Task.sleep(for: .seconds(1))
      }
      await group.next()
      group.cancelAll()
    }
    flight.dismiss(outbox)
  }

  /// Takes wishes; answers why we close, or nothing where the guest does.
  private func listen(
    for flight: LiveFlight, from rest: [UInt8], answering outbox: Outbox
  ) async -> WebSocketFrame.Failure? {
    var frames = WebSocketFrameReader()
    var message = WebSocketMessage()
    frames.append(rest)
    do {
      while true {
        while let frame = try frames.next() {
          switch frame.opcode {
          case .close: return nil
          case .ping:
            outbox.put(answer: WebSocketFrame.encoded(Data(frame.payload), as: .pong))
          case .pong: continue
          case .text, .binary, .continuation:
            if let whole = try message.append(frame), let wish = Wish(parsing: whole) {
              flight.take(wish)
            }
          }
        }
        frames.append(try await socket.read(atMost: 2048))
      }
    } catch let failure as WebSocketFrame.Failure {
      return failure
    } catch {
      return nil
    }
  }
}

/// A message that may come in several frames.
struct WebSocketMessage {
  private var bytes: [UInt8]?

  /// Adds a frame, and takes out the message if that was its last.
  mutating func append(
    _ frame: WebSocketFrame
  ) throws(WebSocketFrame.Failure) -> [UInt8]? {
    guard (frame.opcode == .continuation) == (bytes != nil) else { throw .protocolError }
    let whole = (bytes ?? []) + frame.payload
    guard whole.count <= WebSocketFrame.longestMessage else { throw .tooBig }
    bytes = frame.isFinal ? nil : whole
    return frame.isFinal ? whole : nil
  }
}

/// The outcome of some work, or nothing if it fails or takes too long.
private func within<Outcome: Sendable>(
  _ limit: Duration, _ work: @escaping @Sendable () async throws -> Outcome
) async -> Outcome? {
  await withTaskGroup(of: Outcome?.self) { group in
    group.addTask { try? await work() }
    group.addTask {
      try? await Task.sleep(for: limit)
      return nil
    }
    let first = await group.next() ?? nil
    group.cancelAll()
    return first
  }
}
