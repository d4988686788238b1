/// Tells clients the state of the supervisor, and has it arm, recover and stop.
enum SupervisorService {
  private enum Channel {
    static let (information, command): (UInt8, UInt8) = (0, 1)
  }

  private enum Command {
    static let (arm, recover, stop, watchdog): (UInt8, UInt8, UInt8, UInt8) = (1, 2, 3, 4)
    static let allBits: UInt8 = 12
  }

  /// What marks an answer.
  private static let isAnswer: UInt8 = 0x80

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
    let answer: [UInt8]?
    switch packet.channel {
    case Channel.information: answer = information(command, firmware.supervisorBits)
    case Channel.command:
      answer = self.command(command, packet.data.dropFirst().first, of: &firmware)
    default: answer = nil
    }
    return answer.map {
      CRTPPacket(.supervisor, channel: packet.channel, [isAnswer | command] + $0)
    }
  }

  /// One bit of the state by its number, from 1, or all of them.
  private static func information(_ command: UInt8, _ bits: UInt16) -> [UInt8]? {
    guard command != Command.allBits else { return [UInt8(bits & 255), UInt8(bits >> 8)] }
    guard (1..<Command.allBits).contains(command) else { return nil }
    return [UInt8(bits >> (command - 1) & 1)]
  }

  /// Follows a command: whether that could be, and what is so now; `nil` for no answer.
  ///
  /// - Parameters:
  ///   - command: The command.
  ///   - argument: What follows it, if anything.
  ///   - firmware: The drone.
  /// - Returns: The answer.
  static func command(
    _ command: UInt8, _ argument: UInt8?, of firmware: inout CrazyflieFirmware
  ) -> [UInt8]? {
    switch command {
    case Command.arm:
      let isDone = argument.map { firmware.supervisor.arm($0 != 0) } ?? false
      return [isDone ? 1 : 0, firmware.supervisor.isArmed ? 1 : 0]
    case Command.recover:
      let isDone = firmware.supervisor.recover()
      return [isDone ? 1 : 0, firmware.supervisor.isCrashed ? 0 : 1]
    case Command.stop: firmware.supervisor.stopInEmergency()
    case Command.watchdog: firmware.supervisor.notifyWatchdog(at: firmware.time)
    default: break
    }
    return nil
  }
}
