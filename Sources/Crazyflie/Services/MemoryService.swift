/// Lets clients read and write the memories on board, of which there is one: that of trajectories.
enum MemoryService {
  private enum Channel {
    static let (list, read, write): (UInt8, UInt8, UInt8) = (0, 1, 2)
  }

  /// What says that a memory holds trajectories.
  private static let trajectories: UInt8 = 0x12
  /// The most bytes that a packet reads. [bytes]
  private static let mostBytes = 24

  /// The answer to a packet, if there is one.
  ///
  /// - Parameters:
  ///   - packet: The packet.
  ///   - memory: The memory.
  /// - Returns: The answer.
  static func answer(to packet: CRTPPacket, of memory: inout TrajectoryMemory) -> CRTPPacket? {
    var reader = ByteReader(packet.data)
    if packet.channel == Channel.list { return list(packet.data) }
    guard let id = reader.integer(UInt8.self), let address = reader.integer(UInt32.self) else {
      return nil
    }
    var answer = Array(packet.data.prefix(5))
    switch packet.channel {
    case Channel.read:
      guard let count = reader.integer(UInt8.self) else { return nil }
      let isShort = count <= mostBytes
      let bytes = id == 0 && isShort ? memory.read(Int(count), at: Int(address)) : nil
      answer += bytes.map { [CRTPError.none.rawValue] + $0 } ?? [CRTPError.inputOutput.rawValue]
    case Channel.write:
      let isWritten = id == 0 && memory.write(reader.rest, at: Int(address))
      answer.append((isWritten ? CRTPError.none : .inputOutput).rawValue)
    default: return nil
    }
    return CRTPPacket(.memory, channel: packet.channel, answer)
  }

  /// How many memories there are, or the kind, the size and the serial number of one.
  private static func list(_ data: [UInt8]) -> CRTPPacket? {
    switch data.first {
    case 1: return CRTPPacket(.memory, [1, 1])
    case 2:
      guard data.count > 1 else { return nil }
      guard data[1] == 0 else { return CRTPPacket(.memory, [2, data[1]]) }
      var answer: [UInt8] = [2, 0, trajectories]
      answer.append(littleEndian: UInt32(TrajectoryMemory.size))
      answer.append(littleEndian: UInt64.zero)
      return CRTPPacket(.memory, answer)
    default: return nil
    }
  }
}
