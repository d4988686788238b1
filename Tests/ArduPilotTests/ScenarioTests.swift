import Configuration
import Scenario
import Simulation
import TestSupport
import Testing

import ArduPilot

/// What scenarios say of ArduPilot.
@Suite("scenarios that name ArduPilot")
struct ScenarioTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func scenario(
    _ controllers: String..., rates: String = "{ physics: 1200, control: 1200, record: 50 }",
    model: String = "cf2x"
  ) throws -> FlightSpecification {
    let rows = controllers.enumerated().map { index, controller in
      "  - { model: \(model), at: [\(index), 0, 1], controller: \(controller) }\n"
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

  @Test("the ports are those of ArduPilot's instances, or what is said")
  func ports() throws {
    let drones = try scenario(
      "ardupilot", "{ ardupilot: {} }",
      "{ ardupilot: { port: 7000, listen: 0.0.0.0, patience: 5 } }"
    ).drones
    let controllers = drones.compactMap { $0.controller.controller as? ArduPilotController }
    #expect(
      controllers.map(\.endpoint) == [
        ArduPilotEndpoint(), ArduPilotEndpoint(port: 9012),
        ArduPilotEndpoint(listen: "0.0.0.0", port: 7000),
      ])
    #expect(controllers.map(\.patience) == [30, 30, 5])
  }

  @Test("who reads the scenario is told where ArduPilot is waited for")
  func note() throws {
    let path = try folder.write(
      """
      version: 1
      rates: { physics: 400, control: 400, record: 50 }
      drones:
        - { at: [0, 0, 1] }
        - { model: cf2x, at: [1, 0, 1], controller: ardupilot }
      """, to: "noted.yaml")
    var notes: [String] = []
    _ = try FlightSpecification(contentsOf: path) { notes.append($0) }
    #expect(notes.count == 1)
    #expect(
      notes.first?.hasSuffix(
        "noted.yaml:5: drones[1].controller: waits for ArduPilot on port 9012 of 127.0.0.1") == true
    )
  }

  @Test(
    "what is wrong is said before anything is flown",
    arguments: [
      ("{ ardupilot: { port: 0 } }", "controller.ardupilot.port: 0 is"),
      ("{ ardupilot: { port: 70000 } }", "controller.ardupilot.port: 70000"),
      ("{ ardupilot: { listen: localhost } }", "localhost is none; expected an IPv4 address"),
      ("{ ardupilot: { patience: 0 } }", "patience: 0"),
      ("{ ardupilot: { patience: .nan } }", "patience: .nan"),
      ("{ ardupilot: { prot: 9002 } }", "did you mean \"port\"?"),
      ("{ ardupilot: 9002 }", "ardupilot: 9002"),
    ])
  func faults(controller: String, message: String) {
    let said = refusal { try scenario(controller) }
    #expect(said.contains(message), "\(said)")
    #expect(said.contains("scenario.yaml:"))
  }

  @Test("drones that would listen on one port are refused, Betaflight's too")
  func sharing() {
    let two = refusal {
      try scenario("{ ardupilot: { port: 9012 } }", "ardupilot")
    }
    #expect(two.contains("listens on port 9012 of 127.0.0.1, as drone 0 does"), "\(two)")
    let mixed = refusal {
      try scenario(
        "{ betaflight: { address: 10.0.0.2 } }", "{ ardupilot: { port: 9002 } }", model: "racer")
    }
    #expect(mixed.contains("listens on port 9002 of 127.0.0.1, as drone 0 does"), "\(mixed)")
  }

  @Test("rates and models that it cannot fly are refused")
  func unfit() {
    let slow = refusal { try scenario("ardupilot", rates: "{ physics: 240, control: 48 }") }
    #expect(slow.contains("ArduPilot wants to hear of it 400.0 times a second"), "\(slow)")
    #expect(slow.contains("drones[0].controller: ardupilot cannot fly this drone: "), "\(slow)")
    let plus = refusal { try scenario("ardupilot", model: "hummingbird") }
    #expect(plus.contains("expected one rotor in each corner"), "\(plus)")
  }
}
