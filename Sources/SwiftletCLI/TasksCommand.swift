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
        swiftlet tasks hover --keys
        swiftlet tasks mine.yaml --set model=racer
        swiftlet tasks hover --json > hover.json
      """)

  @Argument(
    help: "The task to describe, by name or as a file.", completion: .file(extensions: ["yaml"]))
  var name: String?

  @OptionGroup var options: TaskOptions

  @Flag(help: "List the keys that a file or --set can change.")
  var keys = false

  @Flag(help: "Print the whole task as JSON, which reads as a file.")
  var json = false

  func validate() throws {
    if name == nil, keys || json || !options.all.isEmpty {
      throw ValidationError("name a task")
    }
  }

  func run() throws {
    guard let name else {
      try standardOutput(Self.table)
      return
    }
    let specification = try options.specification(of: name)
    if json { return try standardOutput(specification.encoded()) }
    if keys { return try standardOutput(TaskKeyList(name: specification.name).text) }
    try standardOutput(TaskDescription(specification.task, name: specification.name).text)
    try standardOutput("\nkeys         swiftlet tasks \(specification.name) --keys")
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
