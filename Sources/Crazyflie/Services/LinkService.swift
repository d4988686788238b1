/// Says that there is a Crazyflie, and sends back what clients send to time the way.
enum LinkService {
  private static let (echo, source): (UInt8, UInt8) = (0, 1)

  /// The answer to a packet, if there is one.
  static func answer(to packet: CRTPPacket) -> CRTPPacket? {
    switch packet.channel {
    case echo: return packet
    case source:
      let name = Array("Bitcraze Crazyflie".utf8)
      let padding = Array(repeating: UInt8.zero, count: CRTPPacket.longestData - name.count)
      return CRTPPacket(.link, channel: source, name + padding)
    default: return nil
    }
  }
}
