import Foundation
import Recording
import Scenario
import TestSupport
import Testing

/// Obstacles that move, from the scenario file to the recording.
struct MovingObstacleTests {
  /// A lift that goes 1 m up and down again, which a drone rides with its rotors off.
  private static let lift = """
    version: 1
    duration: 8
    world:
      obstacles:
        - { sphere: 0.1, at: [3, 0, 0.1] }
        - box: [0.6, 0.6, 0.1]
          motion: { poses: [ { t: 0, at: [0, 0, 0.05] }, { t: 4, at: [0, 0, 1.05] }, { t: 8, at: [0, 0, 0.05] } ] }
    drones:
      - { at: [0, 0, 0.1126], controller: { replay: off.csv } }
    """

  private func fly(_ scenario: String, in folder: TemporaryFolder) throws -> TrajectoryTable? {
    _ = try folder.write("t,drone,rpm0,rpm1,rpm2,rpm3\n0,0,0,0,0,0\n8,0,0,0,0,0\n", to: "off.csv")
    let run = try RunFolder(at: folder.path("run"))
    let specification = try FlightSpecification(contentsOf: folder.write(scenario, to: "f.yaml"))
    _ = try FlightRun(specification).fly(into: run)
    let path = run.file("obstacles.csv")
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return try TrajectoryTable(contentsOf: path, required: ObstacleSample.columns)
  }

  @Test("a scheduled obstacle is recorded where it is, below the drone that rides it")
  func scheduled() throws {
    let folder = try TemporaryFolder()
    let obstacles = try #require(try fly(Self.lift, in: folder))
    let drone = try TrajectoryFile(contentsOf: folder.path("run/trajectory.csv"), required: ["z"])
    #expect(obstacles["t"] == drone.times(ofDrone: 0))
    try #require(obstacles.rowCount == 385)
    #expect(Set(obstacles["obstacle"]) == [1])
    for row in 0..<obstacles.rowCount {
      let (time, z) = (obstacles["t"][row], obstacles["z"][row])
      #expect(abs(z - (0.05 + 0.25 * (time <= 4 ? time : 8 - time))) < 1e-12)
      // Half the lift and half the drone's cylinder are between them. Where the lift turns, the drone
      // leaves it at 0.5 m/s, which is a hop of v² / 2g and 2v / g.
      let hop = (4...4.11).contains(time) ? 0.25 / (2 * 9.81) : 0
      let gap = drone.values("z", ofDrone: 0)[row] - z - 0.0625
      #expect(gap > -1e-3 && gap < hop + 2e-3)
    }
    #expect(obstacles["vz"].allSatisfy { abs($0) < 0.2501 })
    #expect(abs(obstacles["vz"][10] - 0.25) < 1e-9 && abs(obstacles["vz"][300] + 0.25) < 1e-9)
  }

  @Test("a loose obstacle falls and comes to rest in the recording")
  func loose() throws {
    let folder = try TemporaryFolder()
    let obstacles = try #require(
      try fly(
        """
        version: 1
        duration: 2
        world: { obstacles: [{ box: [0.2, 0.2, 0.2], at: [2, 0, 1], mass: 0.5 }] }
        drones: [{ at: [0, 0, 1] }]
        """, in: folder))
    let (times, z) = (obstacles["t"], obstacles["z"])
    #expect(z[0] == 1 && times[12] == 0.25)
    // Semi-implicit steps of 1/240 s fall a little farther: by g t T / 2.
    #expect(abs(z[12] - (1 - 0.5 * 9.81 * 0.25 * (0.25 + 1 / 240.0))) < 1e-9)
    #expect(abs(obstacles["vz"][12] + 9.81 * 0.25) < 1e-9)
    #expect(abs(z[z.count - 1] - 0.1) < 1e-3 && abs(obstacles["vz"][z.count - 1]) < 1e-3)
  }

  @Test("where nothing moves there is no such file", arguments: ["", ", mass: 1"])
  func still(mass: String) throws {
    let folder = try TemporaryFolder()
    let dynamics = mass.isEmpty ? "bullet" : "explicit"
    let table = try fly(
      """
      version: 1
      duration: 0.5
      physics: { dynamics: \(dynamics) }
      world: { obstacles: [{ sphere: 0.1, at: [2, 0, 1]\(mass) }] }
      drones: [{ at: [0, 0, 1] }]
      """, in: folder)
    #expect(table == nil)
    #expect(folder.contents.contains("run/trajectory.csv"))
  }

  @Test("without contacts a scheduled obstacle moves too, a loose one stays")
  func explicit() throws {
    let folder = try TemporaryFolder()
    let scenario = Self.lift.replacing("world:", with: "physics: { dynamics: explicit }\nworld:")
      .replacing("at: [3, 0, 0.1]", with: "at: [3, 0, 0.1], mass: 1")
    let obstacles = try #require(try fly(scenario, in: folder))
    try #require(obstacles.rowCount == 385 && Set(obstacles["obstacle"]) == [1])
    for (time, z) in zip(obstacles["t"], obstacles["z"]) {
      #expect(abs(z - (0.05 + 0.25 * (time <= 4 ? time : 8 - time))) < 1e-12)
    }
  }

  @Test("an obstacle's name stands in the recording, and in what is said of it")
  func names() throws {
    let folder = try TemporaryFolder()
    let named = Self.lift.replacing("box: [0.6", with: "name: the lift\n      box: [0.6")
    _ = try #require(try fly(named, in: folder))
    let lines = try contents(folder.path("run/obstacles.csv")).split(separator: "\n")
    try #require(lines.count == 386)
    #expect(lines[0].hasSuffix(",wz,name") && lines[100].hasSuffix(",the lift"))
    let inside = named.replacing("at: [0, 0, 0.1126]", with: "at: [0, 0, 0.05]")
    #expect {
      try FlightSpecification(contentsOf: folder.write(inside, to: "f.yaml"))
    } throws: {
      "\($0)".contains("drone 0 starts inside obstacle 1 (the lift), by ")
    }
  }

  @Test(
    "a name that is none, or another's, is refused",
    arguments: [
      ("{ sphere: 1, at: [9, 0, 1], name: \"a,b\" }", "name: \"a,b\" is no name"),
      ("{ sphere: 1, at: [9, 0, 1], name: \"\" }", "name: \"\" is no name"),
      ("{ sphere: 1, at: [9, 0, 1], name: [1] }", "name: a list"),
      (
        "{ sphere: 1, at: [9, 0, 1], name: it }, { sphere: 1, at: [12, 0, 1], name: it }",
        "world.obstacles[1].name: it is the name of another obstacle too; expected another name"
      ),
    ])
  func badNames(obstacles: String, message: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "version: 1\nworld: { obstacles: [\(obstacles)] }\ndrones: [{ at: [0, 0, 1] }]", to: "f.yaml")
    #expect {
      try FlightSpecification(contentsOf: file)
    } throws: {
      "\($0)".hasPrefix("\(file):2: ") && "\($0)".contains(message)
    }
  }

  @Test("a flight that is stopped leaves whole rows of both under their partial names")
  func stopped() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("t,drone,rpm0,rpm1,rpm2,rpm3\n0,0,0,0,0,0\n8,0,0,0,0,0\n", to: "off.csv")
    let run = try RunFolder(at: folder.path("run"))
    let specification = try FlightSpecification(
      contentsOf: folder.write(Self.lift, to: "f.yaml"))
    #expect(throws: FlightRun.Failure.self) {
      try FlightRun(specification).fly(into: run) { $0.time < 1 }
    }
    let names = ["trajectory.csv.partial", "obstacles.csv.partial"]
    #expect(folder.contents.filter { $0.hasPrefix("run/") && $0.contains("csv") }.count == 2)
    for name in names {
      let table = try TrajectoryTable(contentsOf: run.file(name), required: ["t"])
      #expect(table.rowCount == 49 && table["t"][48] == 1)
    }
  }

  @Test("a range finder sees a scheduled obstacle where it is now")
  func seen() throws {
    let folder = try TemporaryFolder()
    let file = try RunFolder(at: folder.path("run"))
    let scenario = """
      version: 1
      duration: 3
      world:
        obstacles:
          - box: [0.1, 4, 4]
            motion: { poses: [{ t: 0, at: [1.05, 0, 1] }, { t: 3, at: [2.55, 0, 1] }] }
      drones: [{ model: cf2x, at: [0, 0, 1], sensors: { multiranger: { noise: 0 } } }]
      """
    let specification = try FlightSpecification(contentsOf: folder.write(scenario, to: "f.yaml"))
    _ = try FlightRun(specification).fly(into: file)
    let flight = try TrajectoryTable(
      contentsOf: file.file("trajectory.csv"), required: ["t", "x"], optional: ["range_front"])
    let obstacles = try TrajectoryTable(
      contentsOf: file.file("obstacles.csv"), required: ["x"])
    let front = try #require(flight.cells("range_front"))
    #expect(flight.rowCount == 145)
    for row in 0..<flight.rowCount {
      let gap = obstacles["x"][row] - 0.05 - flight["x"][row]
      // A step late it would be 2 mm less; the drone hovers level to some thousandths of a radian.
      #expect(abs(try #require(front[row]) - gap) < 5e-4)
    }
  }
}
