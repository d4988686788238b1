import ArgumentParser
import Swiftlet

/// `swiftlet validate`.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check scenarios without flying them.",
    discussion: """
      Prints every fault with file, line, key, value and what was expected.

      EXAMPLE: swiftlet validate Examples/*.yaml
      """)

  @Argument(help: "The scenarios.", completion: .file(extensions: ["yaml", "yml"]))
  var scenarios: [String]

  func run() throws {
    var faults: [String] = []
    for scenario in scenarios {
      let flight: FlightSpecification
      do throws(InvalidScenario) {
        flight = try FlightSpecification(contentsOf: scenario, note: standardError)
      } catch {
        faults.append(error.description)
        continue
      }
      try standardOutput(
        "\(scenario): ok, \(flight.drones.count) drones for \(flight.duration) s")
    }
    if !faults.isEmpty { throw CommandFailure.input(faults.joined(separator: "\n")) }
  }
}
