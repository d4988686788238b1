/// Sends clients numbers of the drone at the rates that they ask for, in blocks of up to 26 bytes.
package struct LogService: Sendable {
  /// The most blocks, and the most numbers of all blocks together. [–]
  static let (mostBlocks, mostNumbers) = (16, 128)
  /// The most bytes of numbers in a block. [bytes]
  private static let mostBytes = 26

  /// Numbers that are sent together.
  private struct Block: Sendable {
    var numbers: [(variable: Int, type: CRTPNumber)] = []
    /// The time between two packets; `nil` while it is stopped. [ms]
    var period: Int?
    /// When the next packet is due. [ms]
    var next = 0

    var size: Int { numbers.reduce(0) { $0 + $1.type.size } }
  }

  private var blocks: [UInt8: Block] = [:]

  /// The names of all logs.
  package static let contents = TableOfContents(
    .log, LogVariable.all.map { .init(group: $0.group, name: $0.name, code: $0.type.logCode) },
    limits: [UInt8(mostBlocks), UInt8(mostNumbers)])

  private enum Command {
    static let (delete, start, stop, reset): (UInt8, UInt8, UInt8, UInt8) = (2, 3, 4, 5)
    static let (create, append, startFine): (UInt8, UInt8, UInt8) = (6, 7, 8)
  }

  /// The answer to a packet, if there is one. [ms]
  mutating func answer(to packet: CRTPPacket, at tick: Int) -> CRTPPacket? {
    if packet.channel == 0 { return Self.contents.answer(to: packet.data) }
    guard packet.channel == 1, let command = packet.data.first else { return nil }
    let id = packet.data.dropFirst().first ?? 0
    let error = follow(command, id, packet.data.dropFirst(2), at: tick)
    return CRTPPacket(.log, channel: 1, [command, id, error.rawValue])
  }

  private mutating func follow(
    _ command: UInt8, _ id: UInt8, _ rest: ArraySlice<UInt8>, at tick: Int
  ) -> CRTPError {
    switch command {
    case Command.reset: blocks = [:]
    case Command.create:
      guard blocks[id] == nil else { return .exists }
      guard blocks.count < Self.mostBlocks else { return .noMemory }
      blocks[id] = Block()
      return append(rest, to: id)
    case Command.append: return append(rest, to: id)
    case Command.delete: return blocks.removeValue(forKey: id) == nil ? .noEntry : .none
    case Command.start:
      return start(id, every: rest.first.map { 10 * Int($0) }, at: tick)
    case Command.startFine:
      var reader = ByteReader(rest)
      return start(id, every: reader.integer(UInt16.self).map(Int.init), at: tick)
    case Command.stop:
      guard blocks[id] != nil else { return .noEntry }
      blocks[id]?.period = nil
    default: return .noExecutable
    }
    return .none
  }

  /// Starts a block: a packet now, and one every so often; only the one of now where the period is 0. [ms]
  private mutating func start(_ id: UInt8, every period: Int?, at tick: Int) -> CRTPError {
    guard let period else { return .invalid }
    guard blocks[id] != nil else { return .noEntry }
    blocks[id]?.period = period
    blocks[id]?.next = tick + period
    return .none
  }

  /// Appends numbers to a block: for each its type, and its place in the table.
  private mutating func append(_ settings: ArraySlice<UInt8>, to id: UInt8) -> CRTPError {
    guard var block = blocks[id] else { return .noEntry }
    var reader = ByteReader(settings)
    while let kind = reader.integer(UInt8.self), let index = reader.integer(UInt16.self) {
      guard let type = CRTPNumber(logCode: kind & 15),
        LogVariable.all.indices.contains(Int(index))
      else { return .noEntry }
      guard block.size + type.size <= Self.mostBytes else { return .tooBig }
      let count = blocks.reduce(0) { $1.key == id ? $0 : $0 + $1.value.numbers.count }
      guard count + block.numbers.count < Self.mostNumbers else { return .noMemory }
      block.numbers.append((Int(index), type))
      blocks[id] = block
    }
    return .none
  }

  /// Begins again at time 0 with the blocks that there are.
  mutating func restart() {
    for id in blocks.keys { blocks[id]?.next = 0 }
  }

  /// Whether a running block has a number of a group.
  func asks(for group: String) -> Bool {
    blocks.values.contains { block in
      block.period != nil
        && block.numbers.contains { LogVariable.all[$0.variable].group == group }
    }
  }

  /// Whether a packet is due. [ms]
  func isDue(at tick: Int) -> Bool {
    blocks.values.contains { $0.period != nil && tick >= $0.next }
  }

  /// The packets that are due, in the order of their blocks.
  ///
  /// - Parameters:
  ///   - tick: Now. [ms]
  ///   - value: The number of a log of the table.
  /// - Returns: The packets.
  mutating func due(at tick: Int, _ value: (LogVariable) -> Double) -> [CRTPPacket] {
    var packets: [CRTPPacket] = []
    for id in blocks.keys.sorted() {
      guard var block = blocks[id], let period = block.period, tick >= block.next else { continue }
      var data = [id]
      data.append(littleEndian: UInt32(truncatingIfNeeded: tick))
      data.removeLast()
      for number in block.numbers {
        data += number.type.bytes(of: value(LogVariable.all[number.variable]))
      }
      packets.append(CRTPPacket(.log, channel: 2, data))
      block.next += period
      if period == 0 { block.period = nil }
      blocks[id] = block
    }
    return packets
  }
}
