import Foundation
import Recording
import Scenario
import TestSupport
import Testing

/// Headings, from the scenario file to the recording.
struct HeadingScenarioTests {
  static let circle = "circle: { radius: 1, period: 8 }"
  static let words = "expected along_path, { toward: [x, y, z] } or a number of rad/s"

  /// What is written as a reference, and all that is said of it.
  static let faults: [(reference: String, message: String)] = [
    (
      "{ circle: { radius: 1, period: 8, heading: along_path } }",
      "circle.heading: stands among the keys of circle; expected heading beside it: "
        + "{ circle: {…}, heading: … }"
    ),
    (
      "{ \(circle), heading: along_pth }",
      "heading: along_pth is unknown; \(words); did you mean \"along_path\"?"
    ),
    ("{ \(circle), heading: east }", "heading: east is unknown; \(words)"),
    ("{ \(circle), heading: [1] }", "heading: a list of 1 is no heading; \(words)"),
    ("{ \(circle), heading: }", "heading: has no value; \(words)"),
    (
      "{ \(circle), heading: 1e9 }",
      "heading: 1e9 is out of range; expected a number of rad/s from -1000 to 1000"
    ),
    (
      "{ \(circle), heading: { toward: [0, 0] } }",
      "heading.toward: a list of 2 has the wrong length; expected 3 numbers of m"
    ),
    (
      "{ \(circle), heading: { toward: [0, 0, 1], from: 2 } }",
      "heading.from: unknown key; expected toward"
    ),
    ("{ \(circle), headng: 1 }", "headng: unknown key; did you mean \"heading\"?"),
    (
      "{ waypoints: { points: [[0, 0, 1], [1, 0, 1]], speed: 1, yaws: [1] } }",
      "waypoints.yaws: a list of 1 does not have as many headings as there are points; "
        + "expected 2 numbers of rad"
    ),
    (
      "{ minimum_snap: { points: [[0, 0, 1], [1, 0, 1]], speed: 1, yaws: [1, 2, 3] } }",
      "minimum_snap.yaws: a list of 3 does not have as many headings as there are points; "
        + "expected 2 numbers of rad"
    ),
  ]

  @Test("a heading that is none is told of in one line", arguments: faults.indices)
  func messages(index: Int) throws {
    let (reference, message) = Self.faults[index]
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "version: 1\ndrones:\n  - at: [1, 0, 1]\n    reference: \(reference)\n", to: "a.yaml")
    #expect {
      _ = try FlightSpecification(contentsOf: file)
    } throws: { error in
      "\(error)" == "\(file):4: drones[0].reference.\(message)"
    }
  }

  /// A preset, the keys of a drone, and the note on it.
  static let notes: [(preset: String, drone: String, note: String?)] = [
    (
      "gpd", "controller: ctbr, reference: { hover: { yaw: 1 } }",
      "asks for a heading, which ctbr does not follow: it holds 0.0 rad"
    ),
    (
      "gpd", "controller: ctbr, rpy: [0, 0, 1], reference: hover",
      "asks for a heading, which ctbr does not follow: it holds 0.0 rad"
    ),
    ("gpd", "controller: ctbr, reference: hover", nil),
    ("accurate", "controller: ctbr, reference: { hover: { yaw: 1 } }", nil),
    (
      "accurate",
      "controller: velocity, reference: { velocities: [{ velocity: [0, 0, 0] }], heading: 1 }",
      "asks for a heading, which velocity does not follow: it lets the drone turn"
    ),
    ("accurate", "controller: velocity, rpy: [0, 0, 1]", nil),
    (
      "accurate",
      "controller: { policy: hover }, rpy: [0, 0, 0], reference: { hover: { yaw: 1 } }",
      "asks for a heading, which policy does not follow: it lets the drone turn"
    ),
    ("accurate", "controller: { policy: hover }, rpy: [0, 0, 1], reference: hover", nil),
    ("accurate", "controller: geometric, reference: { hover: { yaw: 1 } }", nil),
    ("accurate", "reference: { \(circle), heading: 2 }", nil),
  ]

  @Test("a heading that is not followed is told of, and no other", arguments: notes.indices)
  func unfollowed(index: Int) throws {
    let (preset, drone, note) = Self.notes[index]
    let folder = try TemporaryFolder()
    let file = try folder.write(
      """
      version: 1
      rates: { physics: 240, control: 30 }
      physics: { preset: \(preset) }
      drones:
        - { at: [1, 0, 1], \(drone) }
      """, to: "a.yaml")
    var notes: [String] = []
    _ = try FlightSpecification(contentsOf: file) { notes.append($0) }
    #expect(notes == (note.map { ["\(file):5: drones[0].reference: \($0)"] } ?? []))
  }

  @Test("a way that leads nowhere is told of")
  func noWay() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "version: 1\ndrones:\n  - { at: [1, 0, 1], reference: { hover: {}, heading: along_path } }\n",
      to: "a.yaml")
    var notes: [String] = []
    _ = try FlightSpecification(contentsOf: file) { notes.append($0) }
    #expect(
      notes == [
        "\(file):3: drones[0].reference.heading: has no effect: hover does not move on the level"
      ])
  }

  private func flown(_ drone: String, duration: Double) throws -> TrajectoryFile {
    let folder = try TemporaryFolder()
    let model = drone.hasPrefix("model: ") ? "" : "model: cf2x, "
    return try withExtendedLifetime(folder) {
      try TrajectoryFile(
        contentsOf: fly(
          "version: 1\nduration: \(duration)\ndrones: [{ \(model)\(drone) }]", in: folder),
        required: ["x", "y", "z", "yaw", "ref_x", "ref_y", "ref_z", "ref_yaw"])
    }
  }

  /// The largest error of the heading after some time. [rad]
  private func headingError(_ file: TrajectoryFile, after start: Double) -> Double {
    let rows = zip(
      file.times(ofDrone: 0),
      zip(file.values("yaw", ofDrone: 0), file.values("ref_yaw", ofDrone: 0)))
    return rows.filter { $0.0 > start }
      .map { abs(($0.1.0 - $0.1.1).remainder(dividingBy: 2 * .pi)) }.max() ?? .infinity
  }

  @Test("it starts as it should point, and points so all the way")
  func points() throws {
    let nose = try flown(
      "reference: { \(Self.circle), heading: along_path }, at: [1, 0, 1]", duration: 8)
    #expect(abs(nose.values("yaw", ofDrone: 0)[0] - .pi / 2) < 1e-6)
    #expect(headingError(nose, after: 2) < 0.05)
    let point = try flown(
      "reference: { \(Self.circle), heading: { toward: [5, 5, 0] } }, at: [1, 0, 1]", duration: 8)
    #expect(headingError(point, after: 2) < 0.05)
    let turning = try flown(
      "reference: { hover: { yaw: 1 }, heading: -3 }, at: [1, 0, 1]", duration: 5)
    #expect(headingError(turning, after: 3) < 0.01)
    let last = try #require(turning.values("ref_yaw", ofDrone: 0).last)
    #expect(abs(last - (1 - 15)) < 1e-9)
    let slowed = try flown(
      "keep_within_limits: true, at: [0, 0, 1], reference: { line: { to: [9, 0, 1], period: 2 }, heading: 0.5 }",
      duration: 4)
    #expect(abs(try #require(slowed.values("ref_yaw", ofDrone: 0).last) - 2) < 1e-9)
  }

  @Test("way points take headings of their own, the short way")
  func yaws() throws {
    let file = try flown(
      "reference: { waypoints: { points: [[0, 0, 1], [1, 0, 1], [2, 0, 1]], speed: 0.25, yaws: [3, -3, 3] } }",
      duration: 8)
    let yaws = file.values("ref_yaw", ofDrone: 0)
    #expect(yaws.min() == 3 && abs((yaws.max() ?? 0) - (2 * .pi - 3)) < 1e-9)
    #expect(headingError(file, after: 1) < 0.1)
  }

  @Test("the record of a flight says what heading was asked for")
  func metadata() throws {
    for (written, encoded) in [
      ("along_path", "\"heading\":\"along_path\""), ("-0.5", "\"heading\":-0.5"),
      ("{ toward: [1, 2, 3] }", "\"heading\":{\"toward\":[1,2,3]}"),
    ] {
      let folder = try TemporaryFolder()
      let file = try folder.write(
        "version: 1\ndrones: [{ at: [1, 0, 1], reference: { \(Self.circle), heading: \(written) } }]",
        to: "a.yaml")
      let encoder = JSONEncoder()
      let text = String(
        decoding: try encoder.encode(try FlightSpecification(contentsOf: file)), as: UTF8.self)
      #expect(text.contains(encoded), "\(text)")
    }
  }

  /// What was seen before headings were apart from tilt: circles of 29 cm and 29° of tilt, crashes, drones
  /// metres away.
  @Test(
    "a heading that turns in a file leaves the drone in its place",
    arguments: ["cf2x_L250", "racer"], ["pid", "geometric"])
  func turnInPlace(model: String, controller: String) throws {
    for rate in [1.5, 3] {
      let folder = try TemporaryFolder()
      _ = try folder.write("t,x,y,z,yaw\n0,0,0,1,0\n30,0,0,1,\(30 * rate)\n", to: "turn.csv")
      let drone =
        "model: \(model), controller: \(controller), at: [0.05, 0, 1], reference: { csv: \(folder.path("turn.csv")) }"
      let file = try flown(drone, duration: 20)
      let (x, y, z) = (
        file.values("x", ofDrone: 0), file.values("y", ofDrone: 0), file.values("z", ofDrone: 0)
      )
      for (row, time) in file.times(ofDrone: 0).enumerated() where time > 4 {
        let distance = (x[row] * x[row] + y[row] * y[row] + (z[row] - 1) * (z[row] - 1))
          .squareRoot()
        #expect(distance < 0.01, "\(distance) m at \(time) s")
      }
      #expect(headingError(file, after: 10) < 0.01)
    }
  }

  /// Written as corners of straight lines, it has no acceleration to lead by; its heading adds nothing to
  /// what is lost so.
  @Test("a circle in a file is flown nose first as well as with a fixed heading")
  func noseFirst() throws {
    func error(_ isNoseFirst: Bool) throws -> Double {
      let rows = (0...240).map { step -> String in
        let angle = 2 * Double.pi * Double(step) / 80
        let yaw = isNoseFirst ? angle + .pi / 2 : 0
        return "\(0.1 * Double(step)),\(cos(angle)),\(sin(angle)),1,\(yaw)"
      }
      let folder = try TemporaryFolder()
      _ = try folder.write("t,x,y,z,yaw\n" + rows.joined(separator: "\n"), to: "circle.csv")
      let file = try flown(
        "model: cf2x_L250, at: [1, 0, 1], reference: { csv: \(folder.path("circle.csv")) }",
        duration: 24)
      let squares = ["x", "y", "z"].map { axis in
        zip(file.values(axis, ofDrone: 0), file.values("ref_" + axis, ofDrone: 0))
          .suffix(384).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
      }
      return (squares.reduce(0, +) / 384).squareRoot()
    }
    let (noseFirst, fixed) = (try error(true), try error(false))
    #expect(noseFirst < 0.08 && abs(noseFirst - fixed) < 0.005, "\(noseFirst) m, \(fixed) m")
  }
}
