import Drone
import Foundation
import Recording
import Scenario
import TestSupport
import Testing

/// The voltage of batteries in the recording.
struct BatteryRecordingTests {
  /// Writes a model with a battery that lasts for about a minute of hovering.
  private func writeModel(in folder: TemporaryFolder) throws {
    let url = ModelCatalogue.standard.folders[0].appendingPathComponent("cf2x.urdf")
    let text = try String(contentsOf: url, encoding: .utf8)
    let battery = """
      <swiftlet:battery capacity="0.05" resistance="0.15" full_voltage="4.2" empty_voltage="3" \
      base_speed="3000" speed_per_volt="6000" efficiency="0.6"/>
      """
    _ = try folder.write(text.replacing("</robot>", with: battery + "</robot>"), to: "own.urdf")
  }

  private func flight(
    of drones: String, physics: String = "", in folder: TemporaryFolder
  ) throws -> String {
    try writeModel(in: folder)
    return try fly("version: 1\nduration: 2\n\(physics)drones:\n\(drones)", in: folder)
  }

  @Test("stands behind the contacts, falls with the charge, and is empty for a drone without one")
  func column() throws {
    let folder = try TemporaryFolder()
    let file = try flight(
      of: "  - { model: own.urdf, at: [0, 0, 1] }\n  - { at: [2, 0, 1] }\n", in: folder)
    let header = try String(contentsOfFile: file, encoding: .utf8).prefix { $0 != "\n" }
    #expect(header.hasSuffix(",contacts,battery"))
    let table = try TrajectoryTable(
      contentsOf: file, required: ["drone", "rpm0"], optional: ["battery"])
    let battery = try #require(table.cells("battery"))
    let own = (0..<table.rowCount).filter { table["drone"][$0] == 0 }
    try #require(own.count == 97)
    // At first the rotors stand, and nothing is drawn.
    #expect(table["rpm0"][own[0]] == 0 && battery[own[0]] == 4.2)
    // Hovering it takes the same power all the time, so that the voltage falls evenly.
    let late = try [48, 72, 96].map { try #require(battery[own[$0]]) }
    // Hovering takes 16.8 W, which leaves (4.167 + √(4.167² − 4 · 0.15 · 16.8)) / 2 V after a second.
    #expect(abs(late[0] - 3.43) < 0.05)
    #expect(late[0] - late[2] > 1e-3)
    #expect(abs(late[0] - 2 * late[1] + late[2]) < 0.1 * (late[0] - late[2]))
    for row in 0..<table.rowCount where table["drone"][row] == 1 { #expect(battery[row] == nil) }
  }

  @Test("is no column where no drone has a battery, or none is drained", arguments: [true, false])
  func absent(isDrained: Bool) throws {
    let folder = try TemporaryFolder()
    let file = try flight(
      of: "  - { model: \(isDrained ? "cf2x" : "own.urdf"), at: [0, 0, 1] }\n",
      physics: isDrained ? "" : "physics: { preset: gpd }\n", in: folder)
    let header = try String(contentsOfFile: file, encoding: .utf8).prefix { $0 != "\n" }
    #expect(header.hasSuffix(",contacts"))
  }

  @Test("a recording with the column flies again, and is compared")
  func again() throws {
    let folder = try TemporaryFolder()
    let file = try flight(of: "  - { model: own.urdf, at: [0, 0, 1] }\n", in: folder)
    _ = try folder.write(String(contentsOfFile: file, encoding: .utf8), to: "first.csv")
    let second = try TemporaryFolder()
    _ = try second.write(contents(folder.path("first.csv")), to: "first.csv")
    let replay = try flight(
      of: "  - { model: own.urdf, at: [0, 0, 1], controller: { replay: first.csv } }\n",
      in: second)
    let comparison = try TrajectoryComparison(file, replay)
    #expect(comparison.rowCount == 97 && !comparison.exceeds(1e-9))
  }
}
