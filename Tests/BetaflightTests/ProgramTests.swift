import Control
import Drone
import Foundation
import Recording
import Scenario
import SpatialMath
import TestSupport
import Testing

import Betaflight

/// Programs stand for the real firmware, with its ports, packets, threads and clock: Tests/FakeBetaflight.
@Suite("programs whose time is the simulation's")
struct ProgramTests {
  private let folder: TemporaryFolder
  private let racer: QuadcopterModel

  init() throws {
    folder = try TemporaryFolder()
    racer = try ModelCatalogue.standard.model(named: "racer")
    let built = try #require(Bundle.main.executableURL).deletingLastPathComponent()
      .appendingPathComponent("FakeBetaflight")
    for name in ["firmware", "firmware-2026"] {
      try FileManager.default.copyItem(
        at: built, to: URL(fileURLWithPath: folder.path(name)))
    }
  }

  /// The rows of a flight of 7 s, in which each drone climbs by a metre and goes forwards by one.
  private func fly(_ programs: [String]) throws -> [[TrajectorySample]] {
    let drones = programs.enumerated().map { index, program in
      let y = 2 * index
      return """
          - model: racer
            at: [0, \(y), 0.02]
            controller: { betaflight: { program: \(program) } }
            reference: { waypoints: { points: [[0, \(y), 0.02], [0, \(y), 1], [1, \(y), 1]], speed: 0.5 } }

        """
    }
    let text =
      "version: 1\nduration: 7\nrates: { physics: 1000, control: 500, record: 10 }\ndrones:\n"
    let file = try folder.write(text + drones.joined(), to: "scenario.yaml")
    var flight = try Flight(try FlightSpecification(contentsOf: file))
    var rows = [flight.instant]
    while flight.time < 7 {
      let faults = flight.advance()
      if let failure = flight.failure { throw failure }
      #expect(faults.isEmpty)
      rows.append(flight.instant)
    }
    // It ends with the flight, though somebody still holds that.
    #expect(flight.isFinished && running == 0)
    return rows
  }

  private func controller(_ settings: String...) throws -> BetaflightController {
    try BetaflightController(
      .program(path: folder.path("firmware"), settings: settings, clock: .simulation),
      pilot: .reference, model: racer, gravity: 9.81)
  }

  private func same(_ one: TrajectorySample, _ other: TrajectorySample) -> Bool {
    one.position == other.position && one.attitude == other.attitude
      && one.velocity == other.velocity && one.angularVelocity == other.angularVelocity
      && (0..<4).allSatisfy { one.rotorSpeeds[$0] == other.rotorSpeeds[$0] }
  }

  /// The programs of the folder that run.
  private var running: Int {
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return processes.filter {
      let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\($0)/exe")
      return link?.hasPrefix(folder.path("firmware")) == true
    }.count
  }

  @Test("four drones fly, each by a firmware of its own, and twice to the same bits")
  func four() throws {
    let first = try fly(Array(repeating: "firmware", count: 4))
    for (drone, row) in try #require(first.last).enumerated() {
      let away = row.position - Vector(1, Double(2 * drone), 1)
      #expect(away.norm < 0.15, "drone \(drone): \(row.position)")
    }
    let second = try fly(Array(repeating: "firmware", count: 4))
    #expect(first.count > 3000 && first.count == second.count)
    #expect(zip(first, second).allSatisfy { zip($0, $1).allSatisfy { same($0, $1) } })
    // Whoever flies alone flies as in a swarm that is too far away to be felt.
    let alone = try fly(["firmware"])
    #expect(
      zip(first, alone).allSatisfy { ($0[0].position - $1[0].position).norm < 0.05 })
  }

  @Test("a firmware since 2026 is known by its version, and flies by its own order and signs")
  func later() throws {
    let rows = try fly(["firmware-2026"])
    let end = try #require(rows.last?.first?.position)
    #expect((end - Vector(1, 0, 1)).norm < 0.15, "\(end)")
  }

  @Test("the firmware's time is the simulation's, within its own loop")
  func time() throws {
    var controller = try self.controller("set test_clock = ON")
    let state = DroneState<Double>(position: Vector(0, 0, 1))
    var told: [Double] = []
    for step in 0..<500 {
      let time = Double(step) * 0.002
      let speeds = controller.rotorSpeeds(for: state, tracking: Setpoint(), at: time, every: 0.002)
      // A share of the most thrust is a tenth of the firmware's time.
      let curve = racer.rotors[0].thrust
      told.append(10 * curve.value(at: speeds[0]) / curve.value(at: racer.maximumRotorSpeed))
    }
    #expect(controller.failure == nil)
    let start = told[0]
    #expect(start > 1 && start < 5)
    // Loops are 125 µs apart, sleeps 50 µs long, and a share is a single-precision number.
    for (step, time) in told.enumerated() {
      #expect(abs(time - start - Double(step) * 0.002) < 3e-4)
    }
  }

  @Test("a setting that the firmware refuses is told, and nothing stays behind")
  func refusal() throws {
    var controller = try self.controller("set nothing = 1")
    _ = controller.rotorSpeeds(
      for: DroneState(position: Vector(0, 0, 1)), tracking: Setpoint(), at: 0, every: 0.002)
    let said = try #require(controller.failure?.description)
    #expect(said.contains("the firmware refuses the setting \"set nothing = 1\""), "\(said)")
    #expect(running == 0)
  }

  @Test("a firmware that tells its motors nothing new keeps them, and one that ends is missed")
  func ending() throws {
    var controller = try self.controller("set test_silence = 2")
    let state = DroneState<Double>(position: Vector(0, 0, 1))
    let first = controller.rotorSpeeds(for: state, tracking: Setpoint(), at: 0, every: 0.002)
    for step in 1...1500 {
      let speeds = controller.rotorSpeeds(
        for: state, tracking: Setpoint(), at: Double(step) * 0.002, every: 0.002)
      #expect(speeds[0] > 0 || step < 2)
    }
    #expect(controller.failure == nil && first[0] > 0 && running == 1)
    for name in try FileManager.default.contentsOfDirectory(atPath: "/proc") {
      let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(name)/exe")
      if let process = pid_t(name), link == folder.path("firmware") { kill(process, SIGKILL) }
    }
    _ = controller.rotorSpeeds(for: state, tracking: Setpoint(), at: 3.1, every: 0.002)
    #expect(controller.failure?.description.contains("the firmware ended") == true)
  }
}
