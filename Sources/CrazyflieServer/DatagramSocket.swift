import FlyingSocks
import Foundation

/// A UDP socket that never waits.
final class DatagramSocket: Sendable {
  /// The port that it listens on.
  let port: UInt16

  private let socket: Socket

  /// More bytes of a datagram than this are cut off; no packet has as many. [bytes]
  private static let mostBytes = 64

  /// A socket that listens.
  ///
  /// - Parameters:
  ///   - address: The address of this machine that is listened on, such as 127.0.0.1.
  ///   - port: The port, or 0 for any that is free.
  /// - Throws: ``ServerError`` where it cannot be had.
  init(address: String, port: UInt16) throws(ServerError) {
    guard let place = try? sockaddr_in.inet(ip4: address, port: port) else {
      throw .port("\(address) is no IPv4 address; expected one such as 127.0.0.1")
    }
    do {
      socket = try Socket(domain: AF_INET, type: .datagram)
      try socket.bind(to: place)
      try socket.setFlags(try socket.flags.union(.nonBlocking))
      guard case .ip4(_, let bound) = try socket.sockname() else {
        throw SocketError.unsupportedAddress
      }
      self.port = bound
    } catch { throw ServerError(address: address, port: port, error) }
  }

  deinit { try? socket.close() }

  /// The next datagram and its sender; `nil` where none waits.
  func receive() -> (sender: sockaddr_in, bytes: [UInt8])? {
    do {
      let (sender, bytes): (any SocketAddress, [UInt8]) = try socket.receive(
        length: Self.mostBytes)
      guard let storage = sender as? sockaddr_storage else { return (sockaddr_in(), []) }
      return (try sockaddr_in.make(from: storage), bytes)
    } catch SocketError.disconnected {
      // A datagram without bytes: whoever sent it gets no answer.
      return (sockaddr_in(), [])
    } catch { return nil }
  }

  /// Sends a datagram; one that cannot be sent now is lost, as one on its way may be.
  func send(_ bytes: [UInt8], to client: sockaddr_in) {
    _ = try? socket.send(bytes, to: client)
  }

  /// Waits until a socket has a datagram, or so long. [ms]
  static func wait(for sockets: [DatagramSocket], atMost time: Int32) {
    var waiting = sockets.map {
      pollfd(fd: $0.socket.file.rawValue, events: Int16(POLLIN), revents: 0)
    }
    // unsafe: C reads and writes the local array while it is called.
    _ = unsafe poll(&waiting, nfds_t(waiting.count), time)
  }
}

/// Why drones cannot be served.
package enum ServerError: Error, CustomStringConvertible {
  /// A port cannot be listened on.
  case port(String)
  /// A drone is none that can be served.
  case drone(String)
  /// A drone's state is no longer finite, after so many seconds. [s]
  case nonFinite(time: Double)

  /// The error that a socket has met.
  init(address: String, port: UInt16, _ error: any Error) {
    switch error {
    case SocketError.failed(_, errno: EADDRINUSE, _):
      self = .port("port \(port) of \(address) is taken; give another with --port")
    case SocketError.failed(_, _, let message):
      self = .port("port \(port) of \(address) cannot be listened on: \(message)")
    default: self = .port("port \(port) of \(address) cannot be listened on: \(error)")
    }
  }

  /// The error in one line.
  package var description: String {
    switch self {
    case .port(let text), .drone(let text): text
    case .nonFinite(let time): "a drone's state is no longer finite at \(time) s"
    }
  }
}
