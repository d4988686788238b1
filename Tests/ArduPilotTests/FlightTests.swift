import Configuration
import Control
import Datagrams
import Foundation
import Recording
import Scenario
import Simulation
import SpatialMath
import TestSupport
import Testing

import ArduPilot

/// Flights of scenarios that a firmware flies through the JSON interface.
@Suite("flights by ArduPilot's JSON interface", .serialized)
struct FlightTests {
  private let folder: TemporaryFolder
  private let port: UInt16

  init() throws {
    folder = try TemporaryFolder()
    // One that was free a moment ago.
    port = try DatagramSocket(address: "127.0.0.1", port: 0).port
  }

  private func scenario(
    duration: Double = 6, rates: String = "{ physics: 400, control: 400, record: 50 }",
    patience: Double = 20, physics: String = "{}"
  ) throws -> FlightSpecification {
    let text = """
      version: 1
      duration: \(duration)
      rates: \(rates)
      physics: \(physics)
      drones:
        - model: cf2x
          at: [0, 0, 0.02]
          controller: { ardupilot: { port: \(port), patience: \(patience) } }
      """
    return try FlightSpecification(contentsOf: folder.write(text, to: "scenario.yaml"))
  }

  @Test("a pilot that knows ArduPilot's axes alone takes off, holds its place and its heading")
  func holds() throws {
    let pilot = HoldingPilot(place: [1, 0.5, -1.2], heading: 0.4)
    let firmware = try FakeArduPilot(port: port) { pilot.throttles($0) }
    defer { firmware.end() }
    var flight = try Flight(scenario(duration: 7))
    while !flight.isFinished {
      guard flight.advance().isEmpty else { break }
    }
    #expect(flight.failure == nil)
    let last = flight.instant[0]
    // North is y, and east is x.
    #expect(
      abs(last.position.x - 0.5) < 0.05 && abs(last.position.y - 1) < 0.05, "\(last.position)")
    #expect(abs(last.position.z - 1.2) < 0.05)
    let heading = try #require(firmware.states.last).attitude[2]
    #expect(abs(heading - 0.4) < 0.05)
    // In the air it feels what carries it, upwards.
    let felt = try #require(firmware.states.last).felt[2]
    #expect(abs(felt + 9.81) < 0.2)
  }

  @Test("a frame is a step of the rate that it asks for, or the shortest that there is")
  func frameRate() throws {
    for (rate, step) in [(UInt16(400), 0.0025), (100, 0.01), (1200, 0.0025), (1, 0.05)] {
      let firmware = try FakeArduPilot(port: port, frameRate: rate) { _ in [0, 0, 0, 0] }
      defer { firmware.end() }
      var flight = try Flight(scenario(duration: 0.5))
      while !flight.isFinished { #expect(flight.advance().isEmpty) }
      let times = firmware.states.map(\.time)
      #expect(times.count >= 8)
      for (a, b) in zip(times, times.dropFirst()) { #expect(abs(b - a - step) < 1e-9, "\(rate)") }
    }
  }

  @Test("frames that come twice, and packets with 32 servos, change nothing")
  func stammer() throws {
    var trajectories: [[Double]] = []
    for habits in [
      FakeArduPilot.Habits(), .init(stammers: true), .init(servoCount: 32),
    ] {
      let firmware = try FakeArduPilot(port: port, habits) { state in
        Array(repeating: 0.6 + 0.1 * min(state.time, 1), count: 4)
      }
      defer { firmware.end() }
      var flight = try Flight(scenario(duration: 0.5))
      while !flight.isFinished { #expect(flight.advance().isEmpty) }
      trajectories.append([flight.instant[0].position.z, flight.instant[0].velocity.z])
    }
    #expect(trajectories[0] == trajectories[1] && trajectories[0] == trajectories[2])
    #expect(trajectories[0][0] > 0.1)
  }

  @Test("a recorded exchange is answered by the same bytes")
  func recorded() throws {
    let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/exchange.txt")
    let specification = try scenario(
      duration: 0.1, physics: "{ dynamics: explicit, effects: [drag] }")
    let flying = Thread {
      guard var flight = try? Flight(specification) else { return }
      while !flight.isFinished, flight.advance().isEmpty {}
    }
    flying.start()
    let socket = try DatagramSocket(address: "127.0.0.1", port: 0, mostBytes: 2000)
    let simulator = try DatagramSocket.place(address: "127.0.0.1", port: port)
    var text = ""
    for frame in 0..<30 {
      let lift = 0.7 + 0.01 * Double(frame % 5)
      let packet = FakeArduPilot.packet(
        UInt32(frame), throttles: [lift, lift + 0.004, lift - 0.002, lift + 0.001],
        servoCount: frame % 2 == 0 ? 16 : 32)
      var answer: [UInt8]?
      for _ in 0..<100 where answer == nil {
        socket.send(packet, to: simulator)
        DatagramSocket.wait(for: [socket], atMost: 200)
        answer = socket.receive()?.bytes
      }
      text += String(decoding: try #require(answer), as: UTF8.self)
    }
    #expect(try text == contents(fixture.path))
  }

  @Test("a firmware that is started again begins the flight again, with its recording")
  func restart() throws {
    let firmware = try FakeArduPilot(port: port, .init(framesBeforeRestart: 40)) { _ in
      [0.7, 0.7, 0.7, 0.7]
    }
    defer { firmware.end() }
    let run = try RunFolder(at: folder.path("run"))
    _ = try FlightRun(scenario(duration: 0.5)).fly(into: run)
    let times = firmware.states.map(\.time)
    let back = zip(times, times.dropFirst()).filter { $1 < $0 }
    #expect(back.count == 1 && back[0].0 > 0.09)
    let rows = try contents(run.file("trajectory.csv")).split(separator: "\n")
    #expect(rows.count == 1 + 26)
    #expect(folder.contents.allSatisfy { !$0.hasSuffix(".partial") })
  }

  @Test("silence ends the flight with an error that says what is missing")
  func silence() throws {
    var flight = try Flight(scenario(patience: 0.2))
    #expect(flight.advance() == .uncommanded)
    let said = try #require(flight.failure?.description)
    #expect(
      said.contains("drones[0].controller: no ArduPilot has sent servos to 127.0.0.1:\(port)"))
    #expect(said.contains("for 0.2 s (start its SITL with --model JSON:127.0.0.1), at 0.0 s"))
    let firmware = try FakeArduPilot(port: port) { _ in [0, 0, 0, 0] }
    flight = try Flight(scenario(patience: 1))
    #expect(flight.advance().isEmpty)
    firmware.end()
    var faults = StepFaults()
    while faults.isEmpty, !flight.isFinished { faults = flight.advance() }
    #expect(faults == .uncommanded)
    #expect(flight.failure?.description.contains("ArduPilot has sent no servos to") == true)
  }

  @Test("noise from others on the port changes nothing")
  func flood() throws {
    let firmware = try FakeArduPilot(port: port) { _ in [0.7, 0.7, 0.7, 0.7] }
    defer { firmware.end() }
    let place = try DatagramSocket.place(address: "127.0.0.1", port: port)
    let chatter = try DatagramSocket(address: "127.0.0.1", port: 0)
    var flight = try Flight(scenario(duration: 0.5))
    var count: UInt32 = 0
    while !flight.isFinished {
      for size in [0, 1, 39, 40, 41, 72, 1500] {
        chatter.send(Array(repeating: 0x48, count: size), to: place)
      }
      // Another ArduPilot, which came too late.
      chatter.send(FakeArduPilot.packet(count, throttles: [0, 0, 0, 0]), to: place)
      count += 1
      #expect(flight.advance().isEmpty)
    }
    #expect(flight.failure == nil && flight.instant[0].position.z > 0.1)
  }

  @Test("a port that is taken is named")
  func taken() throws {
    let other = try DatagramSocket(address: "127.0.0.1", port: 0)
    let text = """
      version: 1
      rates: { physics: 400, control: 400, record: 50 }
      drones: [{ model: cf2x, at: [0, 0, 1], controller: { ardupilot: { port: \(other.port) } } }]
      """
    var flight = try Flight(
      FlightSpecification(contentsOf: folder.write(text, to: "taken.yaml")))
    #expect(flight.advance() == .uncommanded)
    let said = try #require(flight.failure?.description)
    #expect(said.contains("port \(other.port) of 127.0.0.1 is taken"))
  }
}
