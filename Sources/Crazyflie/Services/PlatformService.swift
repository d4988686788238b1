/// Says which protocol and which program a client talks to, and takes what older clients ask of the supervisor.
enum PlatformService {
  /// The version of the protocol: the first with a service of the supervisor. [–]
  private static let protocolVersion: UInt32 = 12

  private enum Channel {
    static let (command, version): (UInt8, UInt8) = (0, 1)
  }

  /// The answer to a packet, if there is one.
  ///
  /// - Parameters:
  ///   - packet: The packet.
  ///   - firmware: The drone.
  /// - Returns: The answer.
  static func answer(
    to packet: CRTPPacket, of firmware: inout CrazyflieFirmware
  ) -> CRTPPacket? {
    guard let command = packet.data.first else { return nil }
    switch packet.channel {
    case Channel.command:
      guard command == 1 || command == 2 else { return packet }
      let answer = SupervisorService.command(
        command, packet.data.dropFirst().first, of: &firmware)
      return answer.map { CRTPPacket(.platform, [command] + $0) }
    case Channel.version: return version(command, firmware)
    default: return nil
    }
  }

  private static func version(_ command: UInt8, _ firmware: CrazyflieFirmware) -> CRTPPacket? {
    var answer = [command]
    switch command {
    case 0: answer.append(littleEndian: protocolVersion)
    case 1: answer += Array(firmware.version.utf8)
    case 2: answer += Array("Crazyflie 2.1".utf8)
    default: return nil
    }
    return CRTPPacket(.platform, channel: Channel.version, answer)
  }
}
