import Foundation
import Parameters
import Tasks
import Testing

/// What the page about environments says of the catalogue.
struct EnvironmentsPageTests {
  @Test("the page's table is the catalogue's")
  func tableIsRight() throws {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Documentation/Environments.md").standardizedFileURL
    let lines = try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
    let start = try #require(lines.firstIndex { $0.hasPrefix("| task |") })
    let table = lines[(start + 2)...].prefix { $0.hasPrefix("|") }.map(String.init)
    let expected = TaskCatalogue.standard.entries.map { entry in
      let task = entry.task()
      let (setup, width) = (task.setup, task.setup.actionMode.count)
      let observed = setup.observation.reduce(0) { $0 + $1.count(actionCount: width) }
      return
        "| `\(entry.name)` | \(task.agentCount) | \(observed) | \(width) | \(task.contract.summary) |"
    }
    #expect(table == expected)
  }
}
