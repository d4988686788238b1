import Files

/// What a Crazyflie wrote to its SD card: events of several kinds, each with variables of its own.
///
/// Little-endian: the byte BC, the version as u16, the number of kinds as u16; for each kind its number as u16,
/// its name, the number of variables as u16 and their names, such as `stateEstimate.x(f)` with the type
/// in brackets, all ended by a zero; then the events, each the number of its kind, the time (u32 in ms
/// in version 1, u64 in µs in version 2) and the values; at the end the CRC-32 of all before it.
///
/// - [Bitcraze, SD-card deck](https://www.bitcraze.io/documentation/repository/crazyflie-firmware/master/userguides/decks/micro-sd-card-deck/).
struct CardLog {
  static let magic: UInt8 = 0xbc

  /// The events of one kind.
  struct Events {
    let name: String
    /// The variables' names and types.
    let variables: [(name: String, type: NumberType)]
    /// When. [s]
    var times: [Double] = []
    /// The values, variable by variable.
    var columns: [[Double]]
  }

  /// How a value is written, by the letter that stands for it.
  enum NumberType: Character {
    case int8 = "b"
    case uint8 = "B"
    case int16 = "h"
    case uint16 = "H"
    case int32 = "i"
    case uint32 = "I"
    case float32 = "f"
    case int64 = "q"
    case uint64 = "Q"
    case float64 = "d"
  }

  /// The kinds of events, in the file's order.
  private(set) var events: [Events] = []

  private var cursor: ByteCursor

  /// Reads the bytes of a file.
  ///
  /// - Throws: ``FlightLogError``, with what is wrong and at which byte.
  init(_ bytes: [UInt8], path: String) throws(FlightLogError) {
    guard bytes.count > 9, bytes[0] == Self.magic else {
      throw FlightLogError(
        "\(path): is not a log of a Crazyflie's SD card; expected BC at its head")
    }
    let end = bytes.count - 4
    var checksum = ByteCursor(bytes: bytes, position: end, end: bytes.count, path: path)
    guard try checksum.number(.uint32) == Double(crc32(bytes[..<end])) else {
      throw FlightLogError(
        "\(path): its checksum is another; expected a file that was closed before the power went")
    }
    cursor = ByteCursor(bytes: bytes, position: 1, end: end, path: path)
    let version = try cursor.number(.uint16)
    guard version == 1 || version == 2 else {
      throw FlightLogError("\(path): is of version \(Int(version)); expected 1 or 2")
    }
    let numbers = try readKinds()
    while !cursor.isAtEnd { try readEvent(numbers, isInMilliseconds: version == 1) }
  }

  /// Reads what kinds there are, and where each stands in ``events`` by its number.
  private mutating func readKinds() throws(FlightLogError) -> [Int: Int] {
    var numbers: [Int: Int] = [:]
    for _ in 0..<Int(try cursor.number(.uint16)) {
      let number = Int(try cursor.number(.uint16))
      let name = try cursor.text()
      var variables: [(name: String, type: NumberType)] = []
      for _ in 0..<Int(try cursor.number(.uint16)) {
        let text = try cursor.text()
        guard text.hasSuffix(")"), let letter = text.dropLast().last,
          text.dropLast(2).hasSuffix("("), let type = NumberType(rawValue: letter)
        else { throw cursor.error("'\(text)' is not a variable with its type, such as pm.vbat(f)") }
        variables.append((String(text.dropLast(3)), type))
      }
      numbers[number] = events.count
      events.append(
        Events(
          name: name, variables: variables,
          columns: Array(repeating: [], count: variables.count)))
    }
    return numbers
  }

  private mutating func readEvent(
    _ numbers: [Int: Int], isInMilliseconds: Bool
  ) throws(FlightLogError) {
    let number = Int(try cursor.number(.uint16))
    guard let kind = numbers[number] else {
      throw cursor.error("there is no kind of event with the number \(number)")
    }
    let time = try cursor.number(isInMilliseconds ? .uint32 : .uint64)
    events[kind].times.append(time * (isInMilliseconds ? 1e-3 : 1e-6))
    for (index, variable) in events[kind].variables.enumerated() {
      events[kind].columns[index].append(try cursor.number(variable.type))
    }
  }
}

/// The CRC-32 of IEEE 802.3, as zip files have it.
package func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
  var table = [UInt32](repeating: 0, count: 256)
  for index in table.indices {
    var value = UInt32(index)
    for _ in 0..<8 {
      let half = value >> 1
      value = value & 1 == 1 ? 0xedb8_8320 ^ half : half
    }
    table[index] = value
  }
  var checksum = ~UInt32(0)
  for byte in bytes {
    checksum = table[Int((checksum ^ UInt32(byte)) & 0xff)] ^ (checksum >> 8)
  }
  return ~checksum
}
