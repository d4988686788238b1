/// What clients upload, and which trajectories they say are in it.
struct TrajectoryMemory: Sendable {
  /// How much fits. [bytes]
  static let size = 4096
  /// How many trajectories there can be. [–]
  static let mostTrajectories = 31

  private var bytes = Array(repeating: UInt8.zero, count: size)
  private var definitions: [Int: Definition] = [:]

  /// Where a trajectory is, and how it is written.
  private struct Definition: Sendable {
    var isCompressed: Bool
    var offset: Int
    var pieces: Int
  }

  /// Some of the bytes; `nil` where some of them are not there.
  func read(_ count: Int, at address: Int) -> [UInt8]? {
    guard let range = Self.range(count, at: address) else { return nil }
    return Array(bytes[range])
  }

  /// Writes bytes; `false` where some of them do not fit.
  mutating func write(_ new: some Collection<UInt8>, at address: Int) -> Bool {
    guard let range = Self.range(new.count, at: address) else { return false }
    bytes.replaceSubrange(range, with: new)
    return true
  }

  private static func range(_ count: Int, at address: Int) -> Range<Int>? {
    guard count >= 0, (0...size).contains(address), address + count <= size else { return nil }
    return address..<address + count
  }

  /// Takes in where a trajectory is: which one, that it is in this memory, whether it is compressed, the
  /// offset, how many pieces it has.
  ///
  /// - Returns: Whether it could be one.
  mutating func define(_ reader: inout ByteReader) -> Bool {
    guard let index = reader.integer(UInt8.self), let location = reader.integer(UInt8.self),
      let kind = reader.integer(UInt8.self), let offset = reader.integer(UInt32.self),
      let pieces = reader.integer(UInt8.self)
    else { return false }
    guard Int(index) < Self.mostTrajectories, location == 1, kind < 2 else { return false }
    definitions[Int(index)] = Definition(
      isCompressed: kind == 1, offset: Int(offset), pieces: Int(pieces))
    return true
  }

  /// The pieces of a trajectory; `nil` where none was defined, or what is there is none.
  func trajectory(_ index: UInt8) -> (pieces: [TrajectoryPiece], isCompressed: Bool)? {
    guard let definition = definitions[Int(index)], definition.offset < Self.size else {
      return nil
    }
    let bytes = bytes[definition.offset...]
    if definition.isCompressed {
      return [TrajectoryPiece](compressed: bytes).map { ($0, true) }
    }
    guard definition.pieces * TrajectoryPiece.size <= bytes.count else { return nil }
    var reader = ByteReader(bytes)
    let pieces = (0..<definition.pieces).compactMap { _ in TrajectoryPiece(&reader) }
    guard !pieces.isEmpty, pieces.count == definition.pieces else { return nil }
    return (pieces, false)
  }
}
