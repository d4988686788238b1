import FlyingFox
import FlyingSocks
import Foundation

/// One browser's connection.
///
/// It does what a connection of FlyingFox's own server does, which cannot be used: that one bounds
/// neither heads nor frames (see ``RequestHead`` and ``WebSocketReader``), neither the number of
/// connections nor the time that a client takes.
struct Connection: Sendable {
  /// How long a request may take to come in, and an answer to go out.
  private static let timeLimit = Duration.seconds(10)
  /// Frames of a client beyond this number do not wait. [–]
  private static let mostFrames = 64

  private let socket: AsyncSocket
  private let handler: ViewHandler

  init(_ socket: AsyncSocket, _ handler: ViewHandler) {
    (self.socket, self.handler) = (socket, handler)
  }

  /// Answers one request, and goes on while that has opened a WebSocket.
  func serve() async {
    let head = await within(Self.timeLimit) { try await readHead() }
    guard let (head, rest) = head ?? nil else { return }
    guard let request = RequestHead.request(parsing: head) else {
      return await send(.text(.badRequest))
    }
    guard let response = try? await handler.handleRequest(request) else { return }
    guard case .webSocket(let webSocket) = response.payload else { return await send(response) }
    let written: Void? = await within(Self.timeLimit) { try await socket.write(response.head) }
    if written != nil { await exchange(webSocket, startingWith: rest) }
  }

  /// The head of a request, and the bytes that came in behind it; `nil` if it is too long.
  private func readHead() async throws -> ([UInt8], [UInt8])? {
    let end: [UInt8] = [13, 10, 13, 10]
    var bytes: [UInt8] = []
    while bytes.count < RequestHead.longest {
      bytes += try await socket.read(atMost: 2048)
      if let place = bytes.firstRange(of: end) {
        return (Array(bytes[..<place.lowerBound]), Array(bytes[place.upperBound...]))
      }
    }
    return nil
  }

  private func send(_ response: HTTPResponse) async {
    _ = await within(Self.timeLimit) {
      var response = response
      let body = try await response.bodyData
      response.headers[.contentLength] = "\(body.count)"
      response.headers[.connection] = "close"
      try await socket.write(response.head + body)
    }
  }

  /// Sends a WebSocket's frames and hands it the client's, until either side ends it.
  private func exchange(_ webSocket: any WSHandler, startingWith rest: [UInt8]) async {
    let (client, incoming) = AsyncThrowingStream<WSFrame, any Error>.makeStream(
      bufferingPolicy: .bufferingOldest(Self.mostFrames))
    guard let frames = try? await webSocket.makeFrames(for: client) else { return }
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        for await frame in frames {
          // A client that does not read must not keep the connection open.
          let written: Void? = await within(Self.timeLimit) { try await socket.write(frame.bytes) }
          guard written != nil else { return }
        }
      }
      group.addTask {
        do {
          try await read(into: incoming, startingWith: rest)
          incoming.finish()
        } catch { incoming.finish(throwing: error) }
        // A client that does not read must not keep the connection open.
        try? await Task.sleep(for: .seconds(1))
      }
      await group.next()
      group.cancelAll()
    }
    incoming.finish()
  }

  /// Hands on the client's frames up to the one that closes.
  private func read(
    into incoming: AsyncThrowingStream<WSFrame, any Error>.Continuation,
    startingWith rest: [UInt8]
  ) async throws {
    var reader = WebSocketReader()
    reader.append(rest)
    while true {
      while let frame = try reader.next() {
        incoming.yield(frame)
        if frame.opcode == .close { return }
      }
      reader.append(try await socket.read(atMost: 2048))
    }
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
