import ArgumentParser
import Swiftlet

/// `swiftlet tasks`.
struct TasksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tasks", abstract: "List the tasks, or describe one.",
    discussion: """
      EXAMPLES:
        swiftlet tasks
        swiftlet tasks hover
      """)

  @Argument(help: "The task to describe.")
  var name: String?

  func run() throws {
    guard let name else {
      try standardOutput(Self.table)
      return
    }
    try standardOutput(TaskDescription(try task(named: name), name: name).text)
  }

  private static var table: String {
    var table = TextTable(["task", "drones", "observed", "action", "what is to be done"])
    for entry in TaskCatalogue.standard.entries {
      let task = entry.task()
      table.append([
        entry.name, "\(task.agentCount)", "\(task.setup.observationCount)",
        "\(task.setup.actionMode.count)", task.contract.summary,
      ])
    }
    return table.text
  }
}
