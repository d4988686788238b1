/// Where ArduPilot's packets come in.
package struct ArduPilotEndpoint: Sendable, Equatable {
  /// The port of ArduPilot's first instance; each other one has that ten above. [–]
  package static let usualPort: UInt16 = 9002

  /// The IPv4 address of this machine that is listened on.
  package var listen: String
  /// The port.
  package var port: UInt16

  /// A port of an address, by default of the loopback.
  package init(listen: String = "127.0.0.1", port: UInt16 = usualPort) {
    (self.listen, self.port) = (listen, port)
  }
}
