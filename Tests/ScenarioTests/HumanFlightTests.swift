import Control
import Drone
import Foundation
import Recording
import Scenario
import SpatialMath
import TestSupport
import Testing

/// Drones that people fly: what sticks do, and what silence does.
struct HumanFlightTests {
  private func flight(_ drone: String, duration: Double = 60) throws -> Flight {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "version: 1\nduration: \(duration)\nphysics: { effects: [ground-effect, drag] }\n"
        + "drones:\n  - { \(drone) }\n", to: "human.yaml")
    return try Flight(FlightSpecification(contentsOf: path))
  }

  /// Flies on for some time with the sticks as they are.
  private func fly(_ flight: inout Flight, _ sticks: Sticks?, for seconds: Double) {
    let end = flight.time + seconds - 1e-6
    flight.fly(0, by: sticks)
    while flight.time < end { _ = flight.advance() }
  }

  private func state(_ flight: borrowing Flight) -> DroneState<Double> { flight.seenState(of: 0) }

  /// Whether its rotors stand, but for what is left of their turning.
  private func areStopped(_ state: DroneState<Double>) -> Bool {
    state.rotorSpeeds.array.allSatisfy { $0 < 5000 }
  }

  private static let onTheFloor =
    "at: [0, 0, 0.02], rpy: [0, 0, 1.5707963267948966], controller: human"

  @Test("in mode position sticks are velocities, and the drone stays where they are let go")
  func position() throws {
    var flight = try flight(Self.onTheFloor)
    fly(&flight, Sticks(throttle: 1), for: 1.2)
    fly(&flight, Sticks(), for: 2)
    let start = state(flight)
    #expect(abs(start.position.z - 1.2) < 0.1 && start.velocity.norm < 0.1)
    // The nose points along y: ahead is y, and the right is x.
    fly(&flight, Sticks(pitch: 1), for: 2)
    #expect(abs(state(flight).velocity.y - 1.5) < 0.3)
    fly(&flight, Sticks(roll: 0.5), for: 2)
    #expect(abs(state(flight).velocity.x - 0.75) < 0.3)
    fly(&flight, Sticks(), for: 3)
    let end = state(flight)
    #expect(end.velocity.norm < 0.3 && abs(end.position.z - start.position.z) < 0.05)
    #expect(abs(end.position.y - 3) < 0.3 && abs(end.position.x - 1.5) < 0.3)
    fly(&flight, Sticks(yaw: 1), for: 1)
    fly(&flight, Sticks(), for: 1)
    // To the left by 1.5 rad, from π / 2.
    #expect(abs(sin(RollPitchYaw(state(flight).attitude).yaw - (1.5 + .pi / 2))) < 0.15)
  }

  @Test("in mode angle sticks are roll, pitch and thrust: the signs are those of a pilot's sticks")
  func angle() throws {
    var flight = try flight("at: [0, 0, 3], controller: human")
    fly(&flight, Sticks(mode: .angle, roll: 0.4, pitch: 0.8), for: 0.6)
    let angles = RollPitchYaw(state(flight).attitude)
    #expect(abs(angles.roll - 0.2) < 0.03 && abs(angles.pitch - 0.4) < 0.03)
    // Ahead, and to the right.
    #expect(state(flight).velocity.x > 0.5 && state(flight).velocity.y < -0.2)
    let before = state(flight).velocity.z
    fly(&flight, Sticks(mode: .angle, throttle: 0.5), for: 0.5)
    // Half more than the weight, less drag: 4.9 m/s² for half a second.
    #expect(abs(state(flight).velocity.z - before - 0.25 * 9.81) < 0.5)
  }

  @Test("in mode rate sticks are body rates")
  func rate() throws {
    var flight = try flight("at: [0, 0, 3], controller: { human: { rates: 4 } }")
    fly(&flight, Sticks(mode: .rate, yaw: -0.25), for: 1)
    #expect(abs(state(flight).bodyRates.z + 1) < 0.2)
    fly(&flight, Sticks(mode: .rate, roll: 0.5), for: 0.3)
    let rates = state(flight).bodyRates
    #expect(abs(rates.x - 2) < 0.2 && abs(rates.y) < 0.2)
    // Tilted by half a radian and more, it levels by itself.
    fly(&flight, nil, for: 1.5)
    #expect(state(flight).position.z > 1.5 && state(flight).velocity.norm < 0.5)
  }

  @Test("silence in any mode: it stops, hovers, sinks slowly, and its rotors stop on the floor")
  func silence() throws {
    for mode in Sticks.Mode.allCases {
      var flight = try flight("at: [0, 0, 1.5], controller: human")
      fly(&flight, Sticks(mode: mode, roll: 0.05, pitch: mode == .rate ? 0.05 : 0.5), for: 0.8)
      fly(&flight, nil, for: HumanController.patience - 0.1)
      let place = state(flight).position
      #expect(state(flight).velocity.norm < 0.5, "\(mode)")
      var fastest = 0.0
      for _ in 0..<600 where !areStopped(state(flight)) {
        fly(&flight, nil, for: 1.0 / 48)
        fastest = max(fastest, -state(flight).velocity.z)
      }
      let end = state(flight)
      #expect(fastest > 0.25 && fastest < 0.5, "\(mode): \(fastest)")
      #expect(end.position.z < 0.05 && areStopped(state(flight)), "\(mode)")
      let drift = end.position - place
      #expect(hypot(drift.x, drift.y) < 0.3, "\(mode)")
      // Sticks alone do not start it, throttle does.
      fly(&flight, Sticks(pitch: 1), for: 1)
      #expect((state(flight).position - end.position).norm < 0.01)
      fly(&flight, Sticks(throttle: 0.5), for: 1)
      #expect(state(flight).position.z > 0.2)
    }
  }

  @Test("a person lands it by throttle, and its rotors stop; in the air they do not")
  func landing() throws {
    for mode in Sticks.Mode.allCases {
      var flight = try flight("at: [0, 0, 0.6], controller: human")
      let down = mode == .position ? -0.5 : -0.15
      fly(&flight, Sticks(mode: mode, throttle: down), for: 0.3)
      #expect(state(flight).rotorSpeeds.array.allSatisfy { $0 > 10_000 })
      fly(&flight, Sticks(mode: mode, throttle: down), for: 3)
      fly(&flight, Sticks(mode: mode, throttle: -1), for: 1)
      #expect(areStopped(state(flight)), "\(mode)")
      #expect(state(flight).position.z < 0.05)
    }
  }

  /// A flight by hand, with pauses, as `swiftlet view` would record it.
  private func recordFlight(into folder: TemporaryFolder) throws -> [Sticks?] {
    let speeds = (1...9 * 48).map { "\(Double($0) / 48),3,15000,15000,15000,15000\n" }
    _ = try folder.write("t,drone,rpm0,rpm1,rpm2,rpm3\n" + speeds.joined(), to: "old.csv")
    let path = try folder.write(Self.scenario("human"), to: "by-hand.yaml")
    var flight = try Flight(FlightSpecification(contentsOf: path))
    var writer = try FlightWriter(of: flight, in: RunFolder(at: folder.path("run")))
    try writer.append(&flight)
    let script: [Sticks?] = [
      nil, Sticks(throttle: 1), Sticks(roll: 0.1, pitch: 1 / 3, throttle: 0.2),
      Sticks(mode: .angle, roll: -0.7, yaw: 0.3, throttle: 0.05), nil,
      Sticks(mode: .rate, pitch: -0.123_456_789_012_345_67, throttle: -0.1), Sticks(), nil,
    ]
    while !flight.isFinished {
      flight.fly(0, by: script[Int(flight.time / 0.77) % script.count])
      try #require(flight.advance().isEmpty)
      if flight.isRecorded { try writer.append(&flight) }
    }
    try writer.finish()
    return script
  }

  private static func scenario(_ controller: String) -> String {
    "version: 1\nduration: 9\nrates: { physics: 240, control: 48, record: 12 }\ndrones:\n"
      + "  - { at: [0, 0, 0.5], controller: \(controller) }\n"
      + "  - { at: [1, 0, 1], reference: { circle: { radius: 0.5, period: 5 } } }\n"
      + "  - { at: [0, 2, 1], controller: { policy: trajectory } }\n"
      + "  - { at: [3, 3, 1], controller: { replay: old.csv } }\n"
  }

  @Test(
    "what a person did beside PID, a policy and a replay is recorded, and done again to the same bits"
  )
  func repeats() throws {
    let folder = try TemporaryFolder()
    let script = try recordFlight(into: folder)
    let sticks = try contents(folder.path("run/sticks.csv"))
    #expect(sticks.hasPrefix("t,drone,held,mode,roll,pitch,yaw,throttle\n0.0,0,0,0,0,0,0,0\n"))
    // A row each time they moved: of twelve parts of the script, one is as silent as the part before it.
    #expect(script.count == 8 && sticks.split(separator: "\n").count == 1 + 11)
    let path = try folder.write(
      Self.scenario("{ human: { sticks: run/sticks.csv } }"), to: "again.yaml")
    _ = try FlightRun(FlightSpecification(contentsOf: path))
      .fly(into: RunFolder(at: folder.path("again")))
    for file in ["trajectory.csv", "sticks.csv"] {
      #expect(try contents(folder.path("again/" + file)) == contents(folder.path("run/" + file)))
    }
  }

  @Test("a file of sticks with a fault is refused where the fault is")
  func faults() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "version: 1\ndrones: [{ at: [0, 0, 1], controller: { human: { sticks: s.csv } } }]\n",
      to: "s.yaml")
    let head = "t,drone,held,mode,roll,pitch,yaw,throttle\n"
    for (rows, words) in [
      ("0,0,1,0,0,1.5,0,0\n", #"s.csv:2: column "pitch": "1.5" is not a number from -1 to 1"#),
      ("0,0,2,0,0,0,0,0\n", #"s.csv:2: column "held": "2.0" is not a whole number from 0 to 1"#),
      ("0,0,1,3,0,0,0,0\n", #"column "mode": "3.0" is not a whole number from 0 to 2"#),
      ("0,0,1,0.5,0,0,0,0\n", #"column "mode": "0.5" is not a whole number from 0 to 2"#),
      ("0,1,1,0,0,0,0,0\n", "s.csv has no rows of drone 0"),
      ("0,0,1,0,0,x,0,0\n", #"s.csv:2: column "pitch""#),
      ("1,0,1,0,0,0,0,0\n1,0,1,0,0,0,0,0\n", "s.csv:3"),
    ] {
      _ = try folder.write(head + rows, to: "s.csv")
      do {
        _ = try FlightSpecification(contentsOf: path)
        Issue.record("accepted: \(rows)")
      } catch {
        #expect(
          "\(error)".contains(words) && "\(error)".contains("s.yaml:2"), "\(error)")
      }
    }
    for text in [
      "{ human: { mode: acro } }", "{ human: { tilt: 2 } }", "{ human: { stick: s.csv } }",
    ] {
      let path = try folder.write(
        "version: 1\ndrones: [{ at: [0, 0, 1], controller: \(text) }]\n", to: "bad.yaml")
      #expect(throws: (any Error).self) { try FlightSpecification(contentsOf: path) }
    }
  }
}
