import Files

/// What a file of rows is.
package enum LogKind: Sendable, Hashable {
  /// A CSV file with the pulses of motors.
  case table
  /// What a Crazyflie wrote to its SD card.
  case cardLog
  /// Something else, such as a trajectory.
  case other

  /// What a file is, by its first bytes.
  package init(ofFile path: String) throws(FlightLogError) {
    var head = [UInt8](repeating: 0, count: 1 << 14)
    var count = 0
    do throws(FileFault) {
      let file = try InputFile(opening: path, atMost: InputLimits.tableBytes)
      count = try file.read(into: &head, from: 0)
    } catch { throw FlightLogError("\(path): \(error)") }
    guard !head[..<count].starts(with: Array("ULog".utf8)) else {
      throw FlightLogError(
        "\(path): is a ULog file of PX4; expected CSV, as Python writes it: "
          + "swiftlet.read_ulog(\"\(path)\").save(\"log.csv\")")
    }
    if count > 0, head[0] == CardLog.magic {
      self = .cardLog
      return
    }
    let line = head[..<count].prefix { $0 != UInt8(ascii: "\n") }
    let names = String(decoding: line, as: UTF8.self).split { ", \t\r\"".contains($0) }
    self = names.contains("pwm0") ? .table : .other
  }
}
