import FlyingSocks
package import Foundation

/// A UDP socket that never waits.
package final class DatagramSocket: Sendable {
  /// The port that it listens on.
  package let port: UInt16

  private let socket: Socket

  private let mostBytes: Int

  /// A socket that listens.
  ///
  /// - Parameters:
  ///   - address: The address of this machine that is listened on, such as 127.0.0.1.
  ///   - port: The port, or 0 for any that is free.
  ///   - mostBytes: More bytes of a datagram than this are cut off. [bytes]
  /// - Throws: ``DatagramError`` where it cannot be had.
  package init(
    address: String, port: UInt16, mostBytes: Int = 64
  ) throws(DatagramError) {
    self.mostBytes = mostBytes
    let place = try Self.place(address: address, port: port)
    do {
      socket = try Socket(domain: AF_INET, type: .datagram)
      try socket.bind(to: place)
      try socket.setFlags(try socket.flags.union(.nonBlocking))
      guard case .ip4(_, let bound) = try socket.sockname() else {
        throw SocketError.unsupportedAddress
      }
      self.port = bound
    } catch { throw DatagramError(address: address, port: port, error) }
  }

  /// A port of an address.
  ///
  /// - Throws: ``DatagramError/address(_:)`` for what is no IPv4 address.
  package static func place(
    address: String, port: UInt16
  ) throws(DatagramError) -> sockaddr_in {
    guard let place = try? sockaddr_in.inet(ip4: address, port: port) else {
      throw .address(address)
    }
    return place
  }

  deinit { try? socket.close() }

  /// The next datagram and its sender; `nil` where none waits.
  package func receive() -> (sender: sockaddr_in, bytes: [UInt8])? {
    do {
      let (sender, bytes): (any SocketAddress, [UInt8]) = try socket.receive(
        length: mostBytes)
      guard let storage = sender as? sockaddr_storage else { return (sockaddr_in(), []) }
      return (try sockaddr_in.make(from: storage), bytes)
    } catch SocketError.disconnected {
      // A datagram without bytes: whoever sent it gets no answer.
      return (sockaddr_in(), [])
    } catch { return nil }
  }

  /// Sends a datagram; one that cannot be sent now is lost, as one on its way may be.
  package func send(_ bytes: [UInt8], to client: sockaddr_in) {
    _ = try? socket.send(bytes, to: client)
  }

  /// Waits until a socket has a datagram, or so long. [ms]
  package static func wait(for sockets: [DatagramSocket], atMost time: Int32) {
    var waiting = sockets.map {
      pollfd(fd: $0.socket.file.rawValue, events: Int16(POLLIN), revents: 0)
    }
    // unsafe: C reads and writes the local array while it is called.
    _ = unsafe poll(&waiting, nfds_t(waiting.count), time)
  }
}
