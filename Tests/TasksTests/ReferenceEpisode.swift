import Foundation
import Simulation
import Tasks
import Testing

/// An episode recorded from gym-pybullet-drones.
struct ReferenceEpisode: CustomTestStringConvertible, Sendable {
  /// What one drone did and saw in one step; step 0 is the reset.
  struct Row: Sendable {
    var action: [Double]
    var reward: Double
    var isTerminated: Bool
    var isTruncated: Bool
    var observation: [Double]
  }

  let name: String
  let droneCount: Int
  /// By step and drone.
  let steps: [[Row]]
  private let actionType: String
  private let physics: String

  var testDescription: String { name }
  /// Whether a controller flies it.
  var isClosedLoop: Bool { !actionType.hasSuffix("RPM") }

  private struct CaseFile: Decodable {
    var drones: Int
    var action_type: String
    var physics: String
  }

  /// All recorded episodes: those of the collection beside the repository where there is one, and the
  /// few that live here otherwise.
  static let all: [ReferenceEpisode] = {
    let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let beside = here.appendingPathComponent("../../../shared/reference").standardizedFileURL
    for folder in [beside, here.appendingPathComponent("Fixtures")] {
      let cases =
        (try? FileManager.default.contentsOfDirectory(
          at: folder, includingPropertiesForKeys: nil)) ?? []
      let episodes = cases.sorted { $0.path < $1.path }.compactMap { try? ReferenceEpisode($0) }
      if !episodes.isEmpty { return episodes }
    }
    return []
  }()

  private init(_ folder: URL) throws {
    name = folder.lastPathComponent
    let table = try String(
      contentsOf: folder.appendingPathComponent("episode.csv"), encoding: .utf8)
    let data = try Data(contentsOf: folder.appendingPathComponent("case.json"))
    let file = try JSONDecoder().decode(CaseFile.self, from: data)
    (droneCount, actionType, physics) = (file.drones, file.action_type, file.physics)
    let lines = table.split(whereSeparator: \.isNewline)
      .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let width = lines[0].count { $0.hasPrefix("a") }
    let rows = lines.dropFirst().map { cells in
      Row(
        action: cells[2..<2 + width].map { Double($0) ?? 0 },
        reward: Double(cells[2 + width]) ?? .nan, isTerminated: cells[3 + width] == "1",
        isTruncated: cells[4 + width] == "1",
        observation: cells[(5 + width)...].map { Double($0) ?? .nan })
    }
    let count = file.drones
    steps = stride(from: 0, to: rows.count, by: count).map { Array(rows[$0..<$0 + count]) }
  }

  /// The task that was played.
  var task: GPDHoverTask {
    get throws {
      let actions: [String: ActionMode] = [
        "RPM": .rotorSpeeds(authority: 0.05), "ONE_D_RPM": .collective(authority: 0.05),
        "PID": .waypoint, "ONE_D_PID": .climb(reach: 0.1), "VEL": GPDHoverTask.velocityAction,
      ]
      let action = try #require(actions[actionType])
      var task =
        name.contains("multihover")
        ? GPDHoverTask.multiHover(agentCount: droneCount, action: action)
        : GPDHoverTask.hover(action: action)
      if physics == "DYN" { task.setup.physics = .gpd(dynamics: .explicit) }
      return task
    }
  }
}
