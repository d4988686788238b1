import Drone
import FlightLogs
import Foundation
import SpatialMath
import TestSupport
import Testing

struct FlightLogTests {
  private static let header =
    "t,x,y,z,qx,qy,qz,qw,vx,vy,vz,wx,wy,wz,ax,ay,az,pwm0,pwm1,pwm2,pwm3,vbat,ref_x,ref_y,ref_z,ref_yaw"

  private func log(_ text: String) throws -> FlightLog {
    let folder = try TemporaryFolder()
    return try FlightLog(contentsOf: folder.write(text, to: "log.csv"))
  }

  /// The message of a log that is refused, from its name on.
  private func message(_ text: String) throws -> String {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, to: "log.csv")
    let error = #expect(throws: FlightLogError.self) { try FlightLog(contentsOf: path) }
    let all = try #require(error).description
    return String(all[try #require(all.range(of: "log.csv")).lowerBound...])
  }

  @Test("reads what is there, and has nil for what the source lacks")
  func reads() throws {
    let rows = (0..<3).map { "\($0),1,2,3,0,0,0,2,4,5,6,7,8,9,,,,10,20,30,65535,3.5,0,0,1,0.5" }
    let log = try log(([Self.header] + rows).joined(separator: "\n"))
    #expect(log.times == [0, 1, 2] && log.name == "log.csv" && log.duration == 2)
    #expect(log.positions?[2] == Vector(1, 2, 3) && log.velocities?[0] == Vector(4, 5, 6))
    #expect(log.bodyRates?[1] == Vector(7, 8, 9) && log.attitudes?[0] == .identity)
    #expect(log.pulses[0] == PerRotor(10, 20, 30, 65535) && log.voltages == [3.5, 3.5, 3.5])
    #expect(log.setpoints?[0] == Vector(0, 0, 1) && log.headings == [0.5, 0.5, 0.5])
    #expect(log.accelerations == nil && log.excitations == nil)
  }

  @Test("pulses of eight bits are moved to the middle of their steps")
  func coarse() throws {
    let log = try log("t,pwm0,pwm1,pwm2,pwm3\n0,0,256,512,65280\n1,0,0,0,0\n2,256,256,256,256\n")
    #expect(log.pulses[0] == PerRotor(0, 384, 640, 65408))
    let fine = try self.log(
      "t,pwm0,pwm1,pwm2,pwm3\n0,0,256,512,65280\n1,0,0,0,0\n2,1,256,256,256\n")
    #expect(fine.pulses[0] == PerRotor(0, 256, 512, 65280))
  }

  @Test("says where and what is wrong")
  func errors() throws {
    let head = "t,pwm0,pwm1,pwm2,pwm3,vbat,x,y,z\n"
    #expect(
      try message("t,pwm0,pwm1,pwm2\n0,1,1,1\n")
        == "log.csv:1: there is no column \"pwm3\"")
    #expect(
      try message(head + "0,1,1,1,1,3,,,\n1,1,1,1,1,3,,,\n")
        == "log.csv: fewer than three rows; expected a flight")
    #expect(
      try message(head + "0,1,1,1,1,3,,,\n1,1,1,1,1,3,,,\n1,1,1,1,1,3,,,\n")
        == "log.csv:4: column \"t\": 1.0 is not later than 1.0")
    #expect(
      try message(head + "0,1,1,1,1,3,,,\n1,1,1,1,70000,3,,,\n2,1,1,1,1,3,,,\n")
        == "log.csv:3: column \"pwm3\": 70000.0 is not a pulse from 0 to 65535")
    #expect(
      try message(head + "0,1,1,1,1,0,,,\n1,1,1,1,1,3,,,\n2,1,1,1,1,3,,,\n")
        == "log.csv:2: column \"vbat\": 0.0 is not a voltage above 0 V")
    #expect(
      try message(head + "0,1,1,1,1,3,1,1,1\n1,1,1,1,1,3,1,,1\n2,1,1,1,1,3,1,1,1\n")
        == "log.csv:3: column \"y\": is empty; expected a number, as in other rows")
    #expect(
      try message(
        "t,qx,qy,qz,qw,pwm0,pwm1,pwm2,pwm3\n0,0,0,0,1,1,1,1,1\n1,0,0,0,0,1,1,1,1\n2,0,0,0,1,1,1,1,1\n"
      )
        == "log.csv:3: column \"qw\": 0.0 is not part of a quaternion of length 1, not 0.0")
  }

  @Test("times are counted from the first row; too long a log is refused")
  func times() throws {
    let rows = "\n1700000000,1,1,1,1\n1700000000.5,1,1,1,1\n"
    let log = try log("t,pwm0,pwm1,pwm2,pwm3" + rows + "1700000001,1,1,1,1")
    #expect(log.times == [0, 0.5, 1] && log.interval == 0.5)
    #expect(
      try message("t,pwm0,pwm1,pwm2,pwm3\n0,1,1,1,1\n1,1,1,1,1\n1e9,1,1,1,1")
        == "log.csv: lasts 1000000000.0 s; expected at most 3600 s, cut from a longer log")
    #expect(
      try message(
        "t,pwm0,pwm1,pwm2,pwm3,x,y,z\n0,1,1,1,1,0,0,2e6\n1,1,1,1,1,0,0,0\n2,1,1,1,1,0,0,0")
        == "log.csv:2: column \"z\": 2000000.0 is not a number within a million")
  }

  @Test("a stretch of a log has its rows")
  func stretch() throws {
    let log = try log(
      "t,pwm0,pwm1,pwm2,pwm3,vbat\n0,1,1,1,1,3\n1,1,1,2,1,4\n2,1,1,1,1,5\n3,1,3,1,1,6\n")
    let part = log[rows: 1..<4]
    #expect(part.times == [1, 2, 3] && part.voltages == [4, 5, 6] && part.pulses[2][1] == 3)
  }

  @Test("an index beside logs says which law flew them")
  func index() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("", to: "a.csv")
    #expect(LogIndex(besideLog: path).law(ofLog: "a.csv") == nil)
    _ = try folder.write("file,rate,controller\na.csv,100,pid\nb.csv,100\n", to: "flights.csv")
    #expect(LogIndex(besideLog: path).law(ofLog: "a.csv") == "pid")
    #expect(LogIndex(besideLog: path).law(ofLog: "b.csv") == nil)
  }
}
