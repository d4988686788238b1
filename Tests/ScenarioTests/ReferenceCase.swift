import Foundation
import Testing

/// A flight recorded from gym-pybullet-drones, and the scenario that flies it again.
struct ReferenceCase: CustomTestStringConvertible, Sendable {
  let name: String
  let folder: URL
  private let values: CaseFile

  var testDescription: String { name }
  var trajectory: String { folder.appendingPathComponent("trajectory.csv").path }
  var isExplicit: Bool { values.physics == "DYN" }
  /// Fed its own rotor speeds over 12 s in place of 2.
  var isClosedLoop: Bool { name.hasPrefix("ex_") }
  var isFall: Bool { name.hasPrefix("drop_") }
  var droneCount: Int { values.num_drones }
  var masses: Double { values.m }
  var inertia: [Double] { values.J }

  /// The part of `case.json` that a scenario needs; its keys are the file's.
  private struct CaseFile: Decodable {
    var drone_model: String
    var physics: String
    var num_drones: Int
    var pyb_freq: Double
    var ctrl_freq: Double
    var initial_xyzs: [[Double]]
    var initial_rpys: [[Double]]
    var m: Double
    var J: [Double]
  }

  private init(folder: URL) throws {
    name = folder.lastPathComponent
    self.folder = folder
    let data = try Data(contentsOf: folder.appendingPathComponent("case.json"))
    values = try JSONDecoder().decode(CaseFile.self, from: data)
  }

  /// All cases with a trajectory: those of the collection beside the repository where there is one,
  /// and the few that live here otherwise.
  static let all: [ReferenceCase] = {
    let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let beside = here.appendingPathComponent("../../../shared/reference").standardizedFileURL
    let own = here.appendingPathComponent("Fixtures/reference")
    for folder in [beside, own] {
      let cases =
        (try? FileManager.default.contentsOfDirectory(
          at: folder, includingPropertiesForKeys: nil)) ?? []
      let flights = cases.filter {
        FileManager.default.fileExists(atPath: $0.appendingPathComponent("trajectory.csv").path)
      }
      if !flights.isEmpty {
        return flights.sorted { $0.path < $1.path }.compactMap { try? ReferenceCase(folder: $0) }
      }
    }
    return []
  }()

  private var model: String {
    ["CF2X": "cf2x", "CF2P": "cf2p", "RACE": "racer"][values.drone_model] ?? values.drone_model
  }

  private var effects: [String] {
    [("GND", "ground-effect"), ("DRAG", "drag"), ("DW", "downwash")]
      .filter { values.physics.contains("_\($0.0)") }.map(\.1)
  }

  /// The scenario that flies this case.
  ///
  /// - Parameters:
  ///   - duration: How long it flies. [s]
  ///   - moved: How far along x the drones start from where the case has them. [m]
  ///   - control: What the lines of each drone say of controller and reference.
  /// - Returns: The scenario's text.
  func scenario(duration: Double, moved: Double = 0, control: (Int) -> String) -> String {
    var lines = [
      "version: 1", "name: \(name)", "duration: \(duration)",
      "rates: { physics: \(values.pyb_freq), control: \(values.ctrl_freq) }",
      "physics:", "  preset: gpd", "  dynamics: \(isExplicit ? "explicit" : "bullet")",
      "  effects: [\(effects.joined(separator: ", "))]", "drones:",
    ]
    for drone in 0..<droneCount {
      lines += [
        "  - model: \(model)", "    at: \(place(drone, moved: moved))",
        "    rpy: \(values.initial_rpys[drone])", "    \(control(drone))",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func place(_ drone: Int, moved: Double) -> [Double] {
    let place = values.initial_xyzs[drone]
    return [place[0] + moved, place[1], place[2]]
  }

  /// The place where a drone starts. [m]
  func start(_ drone: Int) -> [Double] { values.initial_xyzs[drone] }
  /// The heading with which a drone starts. [rad]
  func yaw(_ drone: Int) -> Double { values.initial_rpys[drone][2] }
}
