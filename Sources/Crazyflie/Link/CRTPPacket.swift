/// A packet of the Crazy RealTime Protocol (CRTP): a port, a channel of it, and up to 30 bytes.
///
/// On the line it is one byte, `port << 4 | 3 << 2 | channel`, and then the data; over UDP, one packet is
/// one datagram.
///
/// - https://www.bitcraze.io/documentation/repository/crazyflie-firmware/master/functional-areas/crtp/
package struct CRTPPacket: Sendable, Equatable {
  /// The most bytes of data. [bytes]
  package static let longestData = 30

  /// The port, from 0 to 15. [–]
  package var port: UInt8
  /// The channel, from 0 to 3. [–]
  package var channel: UInt8
  /// The data.
  package var data: [UInt8]

  /// A packet of a service, with no more data than fits.
  package init(_ port: CRTPPort, channel: UInt8 = 0, _ data: [UInt8]) {
    (self.port, self.channel) = (port.rawValue, channel)
    self.data = Array(data.prefix(Self.longestData))
  }

  /// The packet of a datagram; `nil` for none, or more bytes than a packet has.
  package init?(datagram: [UInt8]) {
    guard let header = datagram.first, datagram.count <= 1 + Self.longestData else { return nil }
    (port, channel) = (header >> 4, header & 3)
    data = Array(datagram.dropFirst())
  }

  /// What is sent.
  package var datagram: [UInt8] { [port << 4 | 3 << 2 | channel] + data }

  /// Whether it says nothing but that somebody is there.
  package var isNull: Bool { port == 15 && channel == 3 }

  /// What answers a packet that says nothing.
  package static let null = CRTPPacket(.link, channel: 3, [])
}

/// The services of a Crazyflie, by their ports.
package enum CRTPPort: UInt8, Sendable {
  case console = 0
  case parameters = 2
  case commander = 3
  case memory = 4
  case log = 5
  case localization = 6
  case genericCommander = 7
  case highLevelCommander = 8
  case supervisor = 9
  case platform = 13
  case link = 15
}

/// The errors that services answer with: those of POSIX.
package enum CRTPError: UInt8, Sendable {
  case none = 0
  /// Not permitted; what the planner says of a command that its state does not allow.
  case refused = 1
  case noEntry = 2
  case inputOutput = 5
  case tooBig = 7
  case noExecutable = 8
  case noMemory = 12
  case accessDenied = 13
  case busy = 16
  case exists = 17
  case invalid = 22
}
