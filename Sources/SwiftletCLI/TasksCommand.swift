import ArgumentParser
import Swiftlet

/// `swiftlet tasks`.
struct TasksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tasks", abstract: "List what drones can be asked to do, or say it of one task.",
    discussion: """
      EXAMPLES:
        swiftlet tasks
        swiftlet tasks hover
      """)

  @Argument(help: "The task to describe.")
  var name: String?

  func run() throws {
    guard let name else {
      print(Self.table)
      return
    }
    print(Self.contract(of: try task(named: name), name: name))
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

  private static func contract(of task: any DroneTask, name: String) -> String {
    let (setup, words) = (task.setup, task.contract)
    var limits = "after \(setup.stepLimit) steps"
    if !words.truncated.isEmpty { limits += "; " + words.truncated }
    let lines = [
      ("", words.summary), ("drones", "\(task.agentCount) \(setup.model.name)"),
      ("rates", "\(setup.physicsFrequency) Hz physics, \(setup.controlFrequency) Hz actions"),
      ("action", "\(setup.actionMode), each from -1 to 1"), ("start", words.start),
      ("reward", words.reward), ("terminated", words.terminated), ("truncated", limits),
      ("observation", "\(setup.observationCount) numbers:"),
    ]
    let parts = setup.observation.map { part in
      "  \(part.count(actionCount: setup.actionMode.count))  \(part)"
    }
    return ([name] + lines.map { pad($0.0) + $0.1 } + parts).joined(separator: "\n")
  }

  private static func pad(_ word: String) -> String {
    "  " + word + String(repeating: " ", count: max(0, 13 - word.count))
  }
}

extension TaskSetup {
  /// How many numbers a drone sees. [–]
  fileprivate var observationCount: Int {
    observation.reduce(0) { $0 + $1.count(actionCount: actionMode.count) }
  }
}

/// The task of some name.
func task(named name: String) throws -> any DroneTask {
  guard let entry = TaskCatalogue.standard[name] else {
    let names = TaskCatalogue.standard.names.joined(separator: ", ")
    throw CommandFailure.input("there is no task '\(name)'; there are \(names)")
  }
  return entry.task()
}
