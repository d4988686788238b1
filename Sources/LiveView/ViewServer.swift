import FlyingSocks
import Foundation
package import Pictures
import Synchronization

/// Serves a flight's page, and the flight itself if it is live, to browsers on this machine.
///
/// It listens on 127.0.0.1 alone. Whatever a client can send or keep waiting is bounded: heads, messages,
/// waiting pictures, connections. Requests, answers and the WebSocket's handshake are FlyingFox's; its
/// server is not used, for the reasons that ``Connection`` gives.
package final class ViewServer: Sendable {
  /// More connections than this are closed at once. [–]
  static let mostConnections = 128

  private let page: String
  private let flight: LiveFlight?
  private let patience: Duration
  private let connections = Mutex(0)

  /// A server of a recorded flight's page.
  package init(of page: ReplayPage) { (self.page, flight, patience) = (page.html, nil, .zero) }

  /// A server of a live flight, which begins when the server runs.
  ///
  /// - Parameters:
  ///   - flight: The flight.
  ///   - patience: How long a client may give no sign of life. [s]
  /// - Throws: ``PictureError`` if the program's own files are missing.
  package init(
    of flight: LiveFlight, patience: Duration = .seconds(30)
  ) throws(PictureError) {
    (page, self.flight, self.patience) = (try flight.page().html, flight, patience)
  }

  /// Serves until the task is cancelled.
  ///
  /// - Parameters:
  ///   - port: The port, or 0 for any that is free.
  ///   - whenReady: Told the port once browsers can connect.
  /// - Throws: ``ViewError`` where the port cannot be had.
  package func run(
    port: UInt16 = 0, whenReady: @Sendable (UInt16) -> Void = { _ in }
  ) async throws(ViewError) {
    let outcome: Result<Void, ViewError> = await withTaskExecutorPreference(BlockingQueue.shared) {
      do throws(ViewError) { return .success(try await serve(port, whenReady)) } catch {
        return .failure(error)
      }
    }
    try outcome.get()
  }

  private func serve(
    _ port: UInt16, _ whenReady: @Sendable (UInt16) -> Void
  ) async throws(ViewError) {
    let pool = makePool()
    let (listener, bound) = try await listen(on: port, pool)
    flight?.start()
    defer {
      flight?.stop()
      try? listener.close()
    }
    whenReady(bound)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { try? await pool.run() }
      group.addTask { await self.accept(on: listener, port: bound) }
      await group.next()
      group.cancelAll()
    }
  }

  private func listen(
    on port: UInt16, _ pool: some AsyncSocketPool
  ) async throws(ViewError) -> (AsyncSocket, UInt16) {
    do {
      try await pool.prepare()
      let socket = try Socket(domain: AF_INET)
      try socket.setValue(true, for: .localAddressReuse)
      try socket.bind(to: .inet(ip4: "127.0.0.1", port: port))
      try socket.listen()
      guard case .ip4(_, let bound) = try socket.sockname() else {
        throw SocketError.unsupportedAddress
      }
      return (try AsyncSocket(socket: socket, pool: pool), bound)
    } catch { throw ViewError(port: port, error) }
  }

  private func accept(on listener: AsyncSocket, port: UInt16) async {
    await withDiscardingTaskGroup { group in
      while !Task.isCancelled {
        guard let socket = try? await listener.accept() else {
          // The client is gone already, or too many files are open: neither ends the flight.
          try? await Task.sleep(for: .milliseconds(20))
          continue
        }
        guard enter() else {
          try? socket.close()
          continue
        }
        group.addTask {
          await Connection(
            socket,
            ViewHandler(
              page: self.page, flight: self.flight, port: port, patience: self.patience)
          ).serve()
          try? socket.close()
          self.leave()
        }
      }
      group.cancelAll()
    }
  }

  private func enter() -> Bool {
    connections.withLock { count in
      guard count < Self.mostConnections else { return false }
      count += 1
      return true
    }
  }

  private func leave() { connections.withLock { $0 -= 1 } }
}

/// Why a page cannot be served.
package struct ViewError: Error, CustomStringConvertible {
  /// The port that was asked for. [–]
  package let port: UInt16

  /// What the system says, unless it is that the port is taken.
  package let reason: String?

  /// The error that a socket has met.
  package init(port: UInt16, _ error: any Error) {
    self.port = port
    switch error {
    case SocketError.failed(_, errno: EADDRINUSE, _): reason = nil
    case SocketError.failed(_, _, let message): reason = message
    default: reason = "\(error)"
    }
  }

  /// The error in one line.
  package var description: String {
    guard let reason else { return "port \(port) of 127.0.0.1 is taken; give another with --port" }
    return "port \(port) of 127.0.0.1 cannot be listened on: \(reason)"
  }
}

/// The system's event queue, which tells that a socket can be read or written.
private func makePool() -> some AsyncSocketPool {
  #if os(Linux)
  SocketPool<ePoll>.ePoll()
  #else
  SocketPool<kQueue>.kQueue()
  #endif
}
