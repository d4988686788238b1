/// How drones are served.
package struct ServerOptions: Sendable {
  /// How time goes by.
  package enum Pace: Sendable, Equatable {
    /// As fast as on the wall, or so many times faster.
    case realTime(speed: Double)
    /// When a client says so.
    case lockStep
  }

  /// The address of this machine that is listened on.
  package var address: String
  /// The port of the first drone; each other has the one behind, or any that is free where it is 0.
  package var port: UInt16
  /// How time goes by.
  package var pace: Pace
  /// Whether users must arm drones.
  package var requiresArming: Bool
  /// How long to fly. [s]
  package var duration: Double

  /// The port that clients look at first. [–]
  package static let usualPort: UInt16 = 19_850
  /// A flight that is served has no end of its own; this is longer than a day. [s]
  package static let endless = 100_000.0

  /// Options; those by default serve this machine alone, in real time.
  package init(
    address: String = "127.0.0.1", port: UInt16 = usualPort, pace: Pace = .realTime(speed: 1),
    requiresArming: Bool = false, duration: Double = endless
  ) {
    (self.address, self.port, self.pace) = (address, port, pace)
    (self.requiresArming, self.duration) = (requiresArming, duration)
  }
}
