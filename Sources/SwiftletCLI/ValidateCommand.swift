import ArgumentParser
import Swiftlet

/// `swiftlet validate`.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check scenarios and tasks without flying them.",
    discussion: """
      Prints every fault with file, line, key, value and what was expected. A file with the key task is \
      a task, any other a scenario.

      EXAMPLE: swiftlet validate Examples/*.yaml
      """)

  @Argument(help: "The files.", completion: .file(extensions: ["yaml", "yml", "json"]))
  var files: [String]

  func run() throws {
    var faults: [String] = []
    for file in files {
      let account: String
      do throws(InvalidConfiguration) { account = try Self.account(of: file) } catch {
        faults.append(error.description)
        continue
      }
      try standardOutput("\(file): ok, \(account)")
    }
    if !faults.isEmpty { throw CommandFailure.input(faults.joined(separator: "\n")) }
  }

  /// What a file holds, in a few words.
  private static func account(of file: String) throws(InvalidConfiguration) -> String {
    // Read once: what is behind a pipe cannot be read again.
    let node = try LocatedNode(file: file)
    if node.has("task") {
      let specification = try TaskSpecification(node, of: file, note: standardError)
      let task = specification.task
      return
        "the task \(specification.name), \(task.agentCount) drones for \(task.setup.timeLimit) s"
    }
    let flight = try FlightSpecification(node, of: file, note: standardError)
    return "\(flight.drones.count) drones for \(flight.duration) s"
  }
}
