import ArgumentParser
import Swiftlet

/// What the commands that take a scenario say in the place of the file.
struct ScenarioSettings: ParsableArguments {
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "A value in the place of the scenario's; may be repeated.", valueName: "key.path=value"))
  var settings: [String] = []

  /// Reads a scenario, and prints what to change in one that is still read as it is.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - more: Further settings.
  /// - Returns: The scenario.
  /// - Throws: ``CommandFailure`` with all that is wrong.
  func scenario(at path: String, _ more: [String] = []) throws -> FlightSpecification {
    do throws(InvalidConfiguration) {
      return try FlightSpecification(
        contentsOf: path, settings: settings + more, note: standardError)
    } catch { throw CommandFailure.input(error.description) }
  }
}
