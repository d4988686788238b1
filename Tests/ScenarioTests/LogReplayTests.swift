import Configuration
import Control
import Drone
import Foundation
import Scenario
import SpatialMath
import TestSupport
import Testing

/// Logs of real flights in scenarios.
struct LogReplayTests {
  private static let header = "t,x,y,z,qx,qy,qz,qw,vx,vy,vz,wx,wy,wz,pwm0,pwm1,pwm2,pwm3,vbat"

  /// A folder with a log of pulses that about carry a drone, and its setpoints.
  private func folder(_ setpoints: Bool = true, voltage: String = "3.7") throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let head = Self.header + (setpoints ? ",ref_x,ref_y,ref_z,ref_yaw" : "")
    let rows = (0...50).map { row in
      "\(0.01 * Double(row)),1,2,3,0,0,0,1,0.5,0,0,0,0,0.25,41000,41000,41000,41000,\(voltage)"
        + (setpoints ? ",\(0.1 * Double(row)),0,1,0" : "")
    }
    _ = try folder.write(([head] + rows).joined(separator: "\n"), to: "log.csv")
    return folder
  }

  private func flight(
    _ drone: String, in folder: TemporaryFolder, note: (String) -> Void = { _ in }
  ) throws -> FlightSpecification {
    let text = "version: 1\nrates: { physics: 1000, control: 1000 }\ndrones: [{ \(drone) }]\n"
    return try FlightSpecification(contentsOf: folder.write(text, to: "a.yaml"), note: note)
  }

  private let pulses = "model: cf2x_nanobench, controller: { replay: log.csv }"

  @Test("starts as the log does, and lasts as long; what the scenario says is right")
  func start() throws {
    let folder = try folder()
    let flight = try flight(pulses, in: folder)
    let start = try #require(flight.drones.first).start
    #expect(start.position == Vector(1, 2, 3) && start.velocity == Vector(0.5, 0, 0))
    #expect(start.bodyRates == Vector(0, 0, 0.25))
    #expect(
      abs(start.rotorSpeeds[0] - (2968.1791506 + 6647.9485924 * 3.7 * 41_000 / 65_535)) < 1e-6)
    #expect(abs(flight.duration - 0.5) < 1e-12)
    let other = try self.flight(pulses + ", at: [0, 0, 9], velocity: [0, 0, 1]", in: folder)
    #expect(other.drones[0].start.position == Vector(0, 0, 9))
    #expect(other.drones[0].start.velocity == Vector(0, 0, 1))
  }

  @Test("its rotors take their time, as real ones do")
  func lag() throws {
    let model = try #require(try flight(pulses, in: try folder()).drones.first).model
    #expect(model.rotorLag.riseRate > 0 && model.deadTime > 0)
  }

  @Test("a log's setpoints are flown by the firmware's law")
  func setpoints() throws {
    let folder = try folder()
    let flight = try flight(
      "at: [0, 0, 1], model: cf2x_nanobench, controller: { crazyflie-pid: { voltage: 3.9 } }, "
        + "reference: { csv: log.csv }", in: folder)
    let reference = try #require(flight.drones[0].reference?.reference)
    #expect((reference.setpoint(at: 0.105).position - Vector(1.05, 0, 1)).norm < 1e-9)
  }

  @Test("the firmware's law is refused where it would be asked too rarely to be itself")
  func tooRare() throws {
    let folder = try folder()
    let drone = "at: [0, 0, 1], model: cf2x_nanobench, controller: crazyflie-pid"
    let text = "version: 1\ndrones: [{ \(drone) }]\n"
    let error = #expect(throws: InvalidConfiguration.self) {
      try FlightSpecification(contentsOf: folder.write(text, to: "a.yaml"))
    }
    #expect(
      try #require(error).description.contains(
        "it controls attitude 500 times a second, and is asked 48 times; set rates.control to 500"))
  }

  @Test("says what is missing")
  func missing() throws {
    func message(_ drone: String, _ folder: TemporaryFolder) throws -> String {
      let error = #expect(throws: InvalidConfiguration.self) { try flight(drone, in: folder) }
      return try #require(error).description
    }
    #expect(
      try message("model: cf2x, controller: { replay: log.csv }", folder())
        .contains("its file does not say how fast motors turn at a voltage"))
    #expect(
      try message(pulses, folder(voltage: "")).contains("expected a column vbat"))
    #expect(
      try message("at: [0, 0, 1], reference: { csv: log.csv }", folder(false))
        .contains("has no setpoints; expected columns ref_x, ref_y and ref_z"))
    #expect(
      try message(pulses, folder(voltage: "-1"))
        .contains("log.csv:2: column \"vbat\": -1.0 is not a voltage above 0 V"))
  }

  @Test("tells of commands that are too rare for the log's rows")
  func rare() throws {
    let folder = try folder()
    var notes: [String] = []
    let text = "version: 1\nrates: { physics: 240, control: 48 }\ndrones: [{ \(pulses) }]\n"
    _ = try FlightSpecification(contentsOf: folder.write(text, to: "a.yaml")) { notes.append($0) }
    #expect(
      notes.contains { $0.contains("has rows at 100.0 Hz, more often than commands, at 48.0 Hz") })
  }
}
