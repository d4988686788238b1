import ArgumentParser
import Swiftlet

/// Who flies the drones of a task that the policy does not.
struct PilotOptions: ParsableArguments {
  @Option(
    name: .customLong("pilot"), parsing: .singleValue,
    help: ArgumentHelp(
      "Who flies a drone, or a range of them, in the place of the policy: \(Pilots.words); may be repeated.",
      valueName: "drone=pilot"))
  var settings: [String] = []

  /// The pilots of a task.
  func pilots(of task: some DroneTask, named name: String) throws -> Pilots {
    try Pilots(settings, of: task, named: name)
  }
}
