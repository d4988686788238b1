import ArgumentParser
import Foundation
import Swiftlet

/// What the commands that play a task say in the place of what its file, or the catalogue, has.
struct TaskOptions: ParsableArguments {
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "A value in the place of the task's; may be repeated. 'swiftlet tasks TASK' lists the keys.",
      valueName: "key.path=value"))
  var settings: [String] = []

  @Option(
    parsing: .unconditional, help: "How many drones take part; the same as --set drones=N.")
  var drones: Int?

  /// All settings, in the order in which they apply.
  var all: [String] { (drones.map { ["drones=\($0)"] } ?? []) + settings }

  /// The task of a name, or of a file.
  ///
  /// - Parameters:
  ///   - task: A name of the catalogue, or the path of a file.
  ///   - more: Further settings, which these come after.
  /// - Returns: The task.
  /// - Throws: ``CommandFailure`` with all that is wrong.
  func specification(of task: String, _ more: [String] = []) throws -> TaskSpecification {
    let catalogue = TaskCatalogue.standard
    do throws(InvalidConfiguration) {
      if catalogue[task] != nil {
        return try TaskSpecification(named: task, settings: more + all, note: standardError)
      }
      if task.contains("/") || FileManager.default.fileExists(atPath: task)
        || ["yaml", "yml", "json"].contains(URL(fileURLWithPath: task).pathExtension)
      {
        return try TaskSpecification(contentsOf: task, settings: more + all, note: standardError)
      }
    } catch { throw CommandFailure.input(error.description) }
    throw CommandFailure.input(
      unknown("task", task, among: catalogue.names, else: "'swiftlet tasks' lists them"))
  }
}
