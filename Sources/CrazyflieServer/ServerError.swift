import Datagrams

/// Why drones cannot be served.
package enum ServerError: Error, CustomStringConvertible {
  /// A port cannot be listened on.
  case port(String)
  /// A drone is none that can be served.
  case drone(String)
  /// A drone's state is no longer finite, after so many seconds. [s]
  case nonFinite(time: Double)

  /// The error that a socket has met.
  init(_ error: DatagramError) {
    switch error {
    case .taken: self = .port("\(error); give another with --port")
    case .address, .refused, .noPair: self = .port(error.description)
    }
  }

  /// The error in one line.
  package var description: String {
    switch self {
    case .port(let text), .drone(let text): text
    case .nonFinite(let time):
      "a drone's state is no longer finite, or beyond 10⁶ m/s or rad/s, at \(time) s"
    }
  }
}
