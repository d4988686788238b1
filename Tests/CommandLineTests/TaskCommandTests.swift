import Foundation
import Testing

/// The commands about tasks.
struct TaskCommandTests {
  @Test("lists tasks and says what one asks for")
  func describesTasks() throws {
    let list = try Command.run(Command.program, ["tasks"])
    #expect(list.code == 0 && list.output.contains("gate-racing"))
    let one = try Command.run(Command.program, ["tasks", "hover"])
    #expect(one.code == 0 && one.output.contains("max(0, 2 − e⁴)"))
  }

  @Test("plays a task, the same way each time, and records it")
  func playsTasks() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("rollout-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let arguments = ["rollout", "gpd-hover", "--policy", "zero", "--episodes", "2"]
    let first = try Command.run(Command.program, arguments + ["--record", folder.path])
    #expect(first.code == 0 && first.output.contains("333.8626"), "\(first.error)")
    let file = folder.appendingPathComponent("episode-1/trajectory.csv")
    let rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(rows.count == 1 + 243)
    #expect(try Command.run(Command.program, arguments).output == first.output)
  }

  @Test(
    "says in a line what is wrong, with code 2",
    arguments: [
      ["tasks", "hoover"], ["rollout", "hoover"], ["rollout", "hover", "--policy", "best"],
      ["rollout", "hover", "--episodes", "0"], ["bench", "environments", "--task", "hoover"],
    ])
  func refusesBadWords(arguments: [String]) throws {
    let outcome = try Command.run(Command.program, arguments)
    #expect(outcome.code == 2 && !outcome.error.isEmpty && outcome.output.isEmpty)
  }
}
