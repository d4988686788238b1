import ArgumentParser
import Swiftlet

/// `swiftlet validate`.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check scenarios and tasks without flying them.",
    discussion: """
      Prints every fault with file, line, key, value and what was expected. A file with the key task is \
      a task, any other a scenario.

      EXAMPLES:
        swiftlet validate Examples/*.yaml
        swiftlet validate Examples/forest.yaml --resolved
      """)

  @Argument(help: "The files.", completion: .file(extensions: ["yaml", "yml", "json"]))
  var files: [String]

  @Flag(
    help: """
      Print each file as JSON, with every default filled in, and what seeds draw as the obstacles that it is.
      """)
  var resolved = false

  func run() throws {
    var faults: [String] = []
    for file in files {
      let account: Account
      do throws(InvalidConfiguration) { account = try Self.account(of: file) } catch {
        faults.append(error.description)
        continue
      }
      if resolved {
        try account.printAll()
      } else {
        try standardOutput("\(file): ok, \(account.words)")
      }
    }
    if !faults.isEmpty { throw CommandFailure.input(faults.joined(separator: "\n")) }
  }

  /// What a file holds.
  private struct Account {
    /// In a few words.
    let words: String
    /// Prints all of it as JSON.
    let printAll: () throws -> Void
  }

  private static func account(of file: String) throws(InvalidConfiguration) -> Account {
    // Read once: what is behind a pipe cannot be read again.
    let node = try LocatedNode(file: file)
    if node.has("task") {
      let specification = try TaskSpecification(node, of: file, note: standardError)
      let task = specification.task
      return Account(
        words:
          "the task \(specification.name), \(task.agentCount) drones for \(task.setup.timeLimit) s"
      ) { try standardOutput(specification.encoded()) }
    }
    let flight = try FlightSpecification(node, of: file, note: standardError)
    let count = flight.world.obstacles.count
    let obstacles = count == 0 ? "" : ", \(count) obstacles"
    return Account(words: "\(flight.drones.count) drones for \(flight.duration) s\(obstacles)") {
      try printJSON(flight)
    }
  }
}
