import Configuration
import Foundation
import Recording
import Scenario
import TestSupport
import Testing

/// Range finders, from the scenario file to the recording.
struct RangeTests {
  private static let scenario = """
    version: 1
    duration: 1
    world: { obstacles: [{ box: [0.1, 4, 4], at: [1.05, 0, 1] }] }
    drones:
      - model: cf2x
        at: [0, 0, 1]
        sensors:
          multiranger: { noise: 0 }
          lidar: { rays: 4, maximum: 2, noise: 0 }
      - at: [0, 1, 1]

    """

  @Test("are recorded in columns of their own, empty where nothing is seen")
  func columns() throws {
    let folder = try TemporaryFolder()
    let file = try fly(Self.scenario, in: folder)
    let names = ["front", "back", "left", "right", "up"].map { "range_\($0)" }
    let table = try TrajectoryTable(
      contentsOf: file, required: ["drone"],
      optional: names + (0..<4).map { "lidar_\($0)" })
    let front = try #require(table.cells("range_front"))
    let ahead = try #require(table.cells("lidar_0"))
    let back = try #require(table.cells("range_back"))
    let left = try #require(table.cells("lidar_1"))
    for row in 0..<table.rowCount {
      #expect(back[row] == nil)
      guard table["drone"][row] == 0 else {
        #expect(front[row] == nil && left[row] == nil)
        continue
      }
      // It hovers within 2 cm of where it began.
      let distance = try #require(front[row])
      #expect(abs(distance - 1) < 0.02 && ahead[row] == distance)
      #expect(try #require(left[row]) < 1)
    }
  }

  @Test("do not change how the drone flies")
  func blind() throws {
    func rows(_ scenario: String) throws -> [Substring] {
      let folder = try TemporaryFolder()
      let text = try String(contentsOfFile: fly(scenario, in: folder), encoding: .utf8)
      return text.split(separator: "\n").map { line in
        let fields = line.split(separator: ",", omittingEmptySubsequences: false).prefix(30)
        return fields.joined(separator: ",")[...]
      }
    }
    let without = Self.scenario.split(separator: "\n").filter {
      !$0.contains("sensors") && !$0.contains("ranger") && !$0.contains("lidar")
    }
    #expect(try rows(Self.scenario) == rows(without.joined(separator: "\n")))
  }

  /// As on a Crazyflie: what is below counts as the floor.
  @Test("a drone that flies by its range finder climbs over a table")
  func table() throws {
    let folder = try TemporaryFolder()
    let file = try fly(
      """
      version: 1
      duration: 3
      world: { obstacles: [{ box: [1, 1, 0.2], at: [1.5, 0, 0.1] }] }
      drones:
        - reference: { line: { from: [0, 0, 0.6], to: [1.5, 0, 0.6], period: 6 } }
          sensors: { range: { noise: 0 } }
      """, in: folder)
    let table = try TrajectoryTable(
      contentsOf: file, required: ["t", "x", "z"], optional: ["range_down"])
    let down = try #require(table.cells("range_down"))
    let last = table.rowCount - 1
    let before = try #require((0...last).last { table["x"][$0] < 0.8 })
    #expect(abs(table["z"][before] - 0.6) < 0.03)
    #expect(abs(table["z"][last] - 0.8) < 0.05)
    #expect(abs(try #require(down[last]) - 0.6) < 0.05)
  }

  @Test(
    "what a range finder cannot be is refused with its line",
    arguments: [
      ("lidar: { rays: 0 }", "rays", "a whole number from 1 to 3600"),
      ("multiranger: { maximum: 0.01 }", "maximum", "more than 0.02 m"),
      ("multirangers: {}", "multirangers", "multiranger"),
    ])
  func refusals(line: String, key: String, sentence: String) throws {
    let text = Self.scenario.replacing("multiranger: { noise: 0 }", with: line)
      .replacing("lidar: { rays: 4, maximum: 2, noise: 0 }", with: "")
    let folder = try TemporaryFolder()
    let error = #expect(throws: InvalidConfiguration.self) { _ = try fly(text, in: folder) }
    let description = "\(try #require(error))"
    #expect(description.contains(":8: drones[0].sensors.") && description.contains(key))
    #expect(description.contains(sentence))
  }
}
