import FlyingSocks
import Foundation

/// Why a socket cannot be had.
package enum DatagramError: Error, CustomStringConvertible {
  /// This is no IPv4 address.
  case address(String)
  /// Another program listens on the port of the address.
  case taken(address: String, port: UInt16)
  /// The system refuses it, for a reason.
  case refused(address: String, port: UInt16, reason: String)
  /// The system gives no pair of sockets, for a reason.
  case noPair(reason: String)

  /// The error that a socket has met.
  init(address: String, port: UInt16, _ error: any Error) {
    switch error {
    case SocketError.failed(_, errno: EADDRINUSE, _):
      self = .taken(address: address, port: port)
    case SocketError.failed(_, _, let message):
      self = .refused(address: address, port: port, reason: message)
    default: self = .refused(address: address, port: port, reason: "\(error)")
    }
  }

  /// The error in one line.
  package var description: String {
    switch self {
    case .address(let address): "\(address) is no IPv4 address; expected one such as 127.0.0.1"
    case .taken(let address, let port): "port \(port) of \(address) is taken"
    case .refused(let address, let port, let reason):
      "port \(port) of \(address) cannot be listened on: \(reason)"
    case .noPair(let reason): "no pair of sockets can be had: \(reason)"
    }
  }
}
