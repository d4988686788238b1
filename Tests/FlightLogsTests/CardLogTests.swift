import Drone
import FlightLogs
import Foundation
import SpatialMath
import TestSupport
import Testing

/// Logs of a Crazyflie's SD card, written byte by byte.
struct CardLogTests {
  private static let variables = [
    ("stateEstimate.x", "f"), ("stateEstimate.y", "f"), ("stateEstimate.z", "f"),
    ("stateEstimate.roll", "f"), ("stateEstimate.pitch", "f"), ("stateEstimate.yaw", "f"),
    ("gyro.x", "f"), ("gyro.y", "f"), ("gyro.z", "f"), ("pwm.m1_pwm", "H"), ("pwm.m2_pwm", "H"),
    ("pwm.m3_pwm", "H"), ("pwm.m4_pwm", "H"), ("pm.vbat", "f"), ("sys.canfly", "B"),
  ]

  private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
    (0..<number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }

  private static func bytes(_ number: Float) -> [UInt8] { bytes(number.bitPattern) }

  /// A log of three events, and one of another kind between them.
  private static func log(version: UInt16) -> [UInt8] {
    var log: [UInt8] = [0xbc] + bytes(version) + bytes(UInt16(2))
    log += bytes(UInt16(7)) + Array("other".utf8) + [0] + bytes(UInt16(0))
    log += bytes(UInt16(9)) + Array("fixedFrequency".utf8) + [0]
    log += bytes(UInt16(variables.count))
    for (name, type) in variables { log += Array("\(name)(\(type))".utf8) + [0] }
    func time(_ milliseconds: Int) -> [UInt8] {
      version == 1 ? bytes(UInt32(milliseconds)) : bytes(UInt64(1000 * milliseconds))
    }
    for event in 0..<3 {
      log += bytes(UInt16(9)) + time(500 + 10 * event)
      log += [1, 2, 3, 0, 90, 0, 180, 0, -90].flatMap { bytes(Float($0)) }
      log += [100, 200, 300, UInt16(event)].flatMap { bytes($0) }
      log += bytes(Float(3.75)) + [1]
      log += bytes(UInt16(7)) + time(505 + 10 * event)
    }
    return log + bytes(crc32(log[...]))
  }

  private func read(_ bytes: [UInt8]) throws -> FlightLog {
    let folder = try TemporaryFolder()
    return try FlightLog(contentsOf: folder.write(bytes, to: "log00"))
  }

  @Test("the checksum is that of zip files")
  func checksum() { #expect(crc32(Array("123456789".utf8)[...]) == 0xcbf4_3926) }

  @Test("reads both versions, in SI units", arguments: [1, 2] as [UInt16])
  func reads(version: UInt16) throws {
    let log = try read(Self.log(version: version))
    #expect(log.times.count == 3 && log.times[0] == 0 && abs(log.times[2] - 0.02) < 1e-9)
    #expect(log.positions?[1] == Vector(1, 2, 3))
    let rates = try #require(log.bodyRates?[0])
    #expect((rates - Vector(.pi, 0, -.pi / 2)).norm < 1e-12)
    #expect(log.pulses[2] == PerRotor(100, 200, 300, 2))
    #expect(log.voltages == [3.75, 3.75, 3.75])
    // Nose up by a quarter turn: the body's x axis points to the sky.
    let attitude = RotationMatrix(try #require(log.attitudes?[0]))
    #expect(abs(attitude.xAxis.z - 1) < 1e-9)
    #expect(log.velocities == nil && log.setpoints == nil)
  }

  @Test("refuses what is broken, in one line")
  func broken() throws {
    let good = Self.log(version: 2)
    func message(_ bytes: [UInt8]) throws -> String {
      let error = #expect(throws: FlightLogError.self) { try read(bytes) }
      let text = try #require(error).description
      return String(text[try #require(text.range(of: "log00")).upperBound...])
    }
    #expect(
      try message(Array(good.dropLast(9)))
        == ": its checksum is another; expected a file that was closed before the power went")
    func sealed(_ bytes: [UInt8]) -> [UInt8] { bytes + Self.bytes(crc32(bytes[...])) }
    #expect(
      try message(sealed([0xbc, 3, 0, 0, 0, 1])) == ": is of version 3; expected 1 or 2")
    let cut = Array(good.dropLast(4 + 5))
    #expect(
      try message(sealed(cut)) == ": byte \(cut.count - 3): the file ends within an event")
    #expect(
      try message(sealed([0xbc, 1, 0, 0, 0, 5, 0]))
        == ": byte 7: there is no kind of event with the number 5")
  }
}
