/// Answers what parameters are, reads and writes them, and keeps those that shall be kept.
package struct ParameterService: Sendable {
  /// The names of all parameters.
  package static let contents = TableOfContents(
    .parameters,
    FirmwareParameter.all.map { .init(group: $0.group, name: $0.name, code: $0.code) })

  /// What was kept, by the place in the table.
  private var kept: [Int: Double] = [:]
  /// What parameters were at the start.
  private var usual: [Double] = []

  private enum Channel {
    static let (contents, read, write, other): (UInt8, UInt8, UInt8, UInt8) = (0, 1, 2, 3)
  }

  private enum Command {
    static let (writeByName, kind, keep, isKept): (UInt8, UInt8, UInt8, UInt8) = (0, 2, 3, 4)
    static let (forget, usual, kindOrError, usualOrError): (UInt8, UInt8, UInt8, UInt8) =
      (5, 6, 7, 8)
  }

  /// No parameters.
  init() {}

  /// The parameters of a drone that is switched on.
  init(of firmware: CrazyflieFirmware) {
    usual = FirmwareParameter.all.map { $0.get(firmware) }
  }

  /// The answer to a packet, if there is one.
  ///
  /// - Parameters:
  ///   - packet: The packet.
  ///   - firmware: Whose parameters they are.
  /// - Returns: The answer.
  mutating func answer(
    to packet: CRTPPacket, of firmware: inout CrazyflieFirmware
  ) -> CRTPPacket? {
    switch packet.channel {
    case Channel.contents: return Self.contents.answer(to: packet.data)
    case Channel.other: return answerOther(packet.data, &firmware)
    default: break
    }
    var reader = ByteReader(packet.data)
    guard let id = reader.integer(UInt16.self) else { return nil }
    let front = packet.data.prefix(2)
    func answer(_ rest: [UInt8]) -> CRTPPacket {
      CRTPPacket(.parameters, channel: packet.channel, front + rest)
    }
    guard let parameter = Self.parameter(id) else { return answer([CRTPError.noEntry.rawValue]) }
    if packet.channel == Channel.read {
      return answer([CRTPError.none.rawValue] + Self.bytes(parameter, firmware))
    }
    guard let set = parameter.set else { return nil }
    if let number = parameter.type.number(in: reader.rest) { set(&firmware, number) }
    return answer(Self.bytes(parameter, firmware))
  }

  private mutating func answerOther(
    _ data: [UInt8], _ firmware: inout CrazyflieFirmware
  ) -> CRTPPacket? {
    var reader = ByteReader(data)
    guard let command = reader.integer(UInt8.self) else { return nil }
    if command == Command.writeByName { return write(reader.rest, &firmware) }
    guard let id = reader.integer(UInt16.self) else { return nil }
    let answer = follow(command, id, firmware)
    return answer.map { CRTPPacket(.parameters, channel: Channel.other, data.prefix(3) + $0) }
  }

  /// What is answered behind the command and the place in the table.
  private mutating func follow(
    _ command: UInt8, _ id: UInt16, _ firmware: CrazyflieFirmware
  ) -> [UInt8]? {
    let missing = [CRTPError.noEntry.rawValue]
    let done = [CRTPError.none.rawValue]
    guard (Command.kind...Command.usualOrError).contains(command) else { return nil }
    guard let parameter = Self.parameter(id) else { return missing }
    let (index, kind) = (Int(id), UInt8(1))
    switch command {
    case Command.usual, Command.usualOrError:
      guard parameter.set != nil else { return missing }
      let bytes = parameter.type.bytes(of: usual[index])
      return command == Command.usual ? bytes : done + bytes
    default: break
    }
    guard parameter.isPersistent else { return missing }
    switch command {
    case Command.kind: return [kind]
    case Command.kindOrError: return done + [kind]
    case Command.keep: kept[index] = parameter.get(firmware)
    case Command.forget: kept[index] = nil
    default:
      let bytes = parameter.type.bytes(of: usual[index])
      return kept[index].map { [1] + bytes + parameter.type.bytes(of: $0) } ?? [0] + bytes
    }
    return done
  }

  /// Writes a parameter by its name: group, name, both with a zero behind them, type, number.
  private func write(
    _ data: ArraySlice<UInt8>, _ firmware: inout CrazyflieFirmware
  ) -> CRTPPacket? {
    let parts = data.split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let code = parts[2].first else { return nil }
    let (group, name) = (String(decoding: parts[0], as: UTF8.self), parts[1])
    let error: CRTPError
    let parameter = FirmwareParameter.all.first {
      $0.group == group && Array($0.name.utf8) == Array(name)
    }
    if let parameter {
      if parameter.type.parameterCode != code {
        error = .invalid
      } else if let set = parameter.set {
        let number = parameter.type.number(in: parts[2].dropFirst())
        number.map { set(&firmware, $0) }
        error = number == nil ? .invalid : .none
      } else {
        error = .accessDenied
      }
    } else {
      error = .noEntry
    }
    let front = [Command.writeByName] + parts[0] + [0] + name + [0]
    return CRTPPacket(.parameters, channel: Channel.other, front + [error.rawValue])
  }

  /// Gives a drone that is switched on again what was kept of it.
  func restore(_ firmware: inout CrazyflieFirmware) {
    for (index, number) in kept { FirmwareParameter.all[index].set?(&firmware, number) }
  }

  private static func parameter(_ id: UInt16) -> FirmwareParameter? {
    FirmwareParameter.all.indices.contains(Int(id)) ? FirmwareParameter.all[Int(id)] : nil
  }

  private static func bytes(
    _ parameter: FirmwareParameter, _ firmware: CrazyflieFirmware
  ) -> [UInt8] {
    parameter.type.bytes(of: parameter.get(firmware))
  }
}
