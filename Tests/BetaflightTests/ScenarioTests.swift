import Configuration
import Foundation
import Scenario
import Simulation
import TestSupport
import Testing

import Betaflight

@Suite("scenarios that name Betaflight")
struct ScenarioTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let program = try folder.write("#!/bin/sh\n", to: "firmware")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    _ = try folder.write("not a program\n", to: "notes.txt")
    try writeStaticProgram()
    _ = try folder.write("t,roll,pitch,yaw,throttle\n0,0,2,0,0\n", to: "sticks.csv")
    _ = try folder.write("t,roll,pitch,yaw,throttle\n20,0,0,0,0\n", to: "late.csv")
  }

  /// The header of an ELF file that has one segment, which is loaded.
  private func writeStaticProgram() throws {
    var header = [UInt8](repeating: 0, count: 120)
    header.replaceSubrange(0..<6, with: [0x7F, 0x45, 0x4C, 0x46, 2, 1])
    (header[32], header[54], header[56], header[64]) = (64, 56, 1, 1)
    let path = folder.path("static")
    try Data(header).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }

  private func scenario(
    _ drones: String..., rates: String = "{ physics: 1000, control: 500, record: 50 }",
    model: String = "racer"
  ) throws -> FlightSpecification {
    let rows = drones.enumerated().map { index, controller in
      "  - { model: \(model), at: [\(index), 0, 1], controller: { betaflight: \(controller) } }\n"
    }
    let text = "version: 1\nrates: \(rates)\ndrones:\n" + rows.joined()
    return try FlightSpecification(contentsOf: folder.write(text, to: "scenario.yaml"))
  }

  private func refusal(_ read: () throws -> FlightSpecification) -> String {
    do {
      _ = try read()
      return "nothing is wrong"
    } catch { return "\(error)" }
  }

  @Test("a program, or an address, is read")
  func sources() throws {
    let drones = try scenario(
      "{ program: firmware, settings: [set p_yaw = 40] }",
      "{ address: 10.0.0.2, listen: 10.0.0.1 }"
    ).drones
    let sources = drones.map { ($0.controller.controller as? BetaflightController)?.source }
    #expect(
      sources == [
        .program(
          path: folder.path("firmware"), settings: ["set p_yaw = 40"], clock: .simulation),
        .running(FirmwareEndpoint(address: "10.0.0.2", listen: "10.0.0.1")),
      ])
  }

  @Test(
    "what is wrong is said before anything is started",
    arguments: [
      ("{ program: nothing }", "program: nothing is no file"),
      ("{ program: notes.txt }", "program: notes.txt cannot be run"),
      ("{ sticks: late.csv }", "program: is missing; expected the firmware's program, or address:"),
      ("{ program: firmware, address: 127.0.0.1 }", "address: 127.0.0.1 stands beside program"),
      ("{ program: firmware, listen: 10.0.0.1 }", "listen: 10.0.0.1 is said without address"),
      ("{ address: 127.0.0.1, settings: [save] }", "settings: a list of 1 is said without program"),
      ("{ address: 127.0.0.1, clock: wall }", "clock: wall is said without program"),
      (
        "{ program: firmware, clock: real }",
        "clock: real is unknown; expected one of simulation, wall"
      ),
      ("{ program: static }", "static is linked statically, and its clock cannot be replaced"),
      ("{ address: localhost }", "address: localhost is none; expected an IPv4 address"),
      ("{ address: 127.0.0.1, sticks: sticks.csv }", "column \"pitch\": \"2.0\" is not from -1"),
      ("{ address: 127.0.0.1, sticks: late.csv }", "begins at 20.0 s, after the flight of 10.0 s"),
      ("{ adress: 127.0.0.1 }", "address"),
    ])
  func faults(controller: String, message: String) {
    let said = refusal { try scenario(controller) }
    #expect(said.contains(message), "\(said)")
    #expect(said.contains("scenario.yaml:"))
  }

  @Test("drones that would share a firmware, or the port of its motors, are refused")
  func sharing() {
    let program = "{ program: firmware, clock: wall }"
    let one = refusal { try scenario(program, program) }
    #expect(one.contains("drones[1].controller"), "\(one)")
    #expect(one.contains("as drone 0 does, and the firmware's ports are fixed"), "\(one)")
    let two = refusal { try scenario("{ address: 10.0.0.2 }", "{ address: 10.0.0.3 }") }
    #expect(two.contains("takes motors at 127.0.0.1, as drone 0 does"), "\(two)")
  }

  @Test("rates and models that it cannot fly are refused")
  func unfit() {
    let slow = refusal { try scenario("{ program: firmware }", rates: "{ control: 48 }") }
    #expect(slow.contains("Betaflight wants to hear of it 100.0 times a second"), "\(slow)")
    let plus = refusal { try scenario("{ program: firmware }", model: "hummingbird") }
    #expect(plus.contains("expected one rotor in each corner"), "\(plus)")
  }

  @Test("a flight without a firmware ends, and says which drone's is missing")
  func missing() throws {
    let specification = try scenario("{ address: 127.0.0.77, listen: 127.0.0.77 }")
    var flight = try Flight(specification)
    #expect(flight.advance() == .uncommanded)
    let said = try #require(flight.failure?.description)
    #expect(said.contains("drones[0].controller: the firmware at 127.0.0.77:9003 does not answer"))
  }

  @Test("two programs may have the clock of the simulation")
  func simulationClocks() throws {
    #expect(try scenario("{ program: firmware }", "{ program: firmware }").drones.count == 2)
  }

  @Test("a program that is no firmware is said to be none", arguments: ["simulation", "wall"])
  func noFirmware(clock: String) throws {
    var flight = try Flight(try scenario("{ program: firmware, clock: \(clock) }"))
    #expect(flight.advance() == .uncommanded)
    let said = try #require(flight.failure?.description)
    #expect(said.contains("ended as it began") || said.contains("is taken"), "\(said)")
  }
}
