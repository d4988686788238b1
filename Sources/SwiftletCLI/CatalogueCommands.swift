import ArgumentParser
import Foundation
import Parameters
import Swiftlet

/// `swiftlet models`.
struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models", abstract: "List the drone models.",
    discussion: "EXAMPLE: swiftlet models")

  func run() throws {
    var table = TextTable([
      "model", "mass [kg]", "arm [m]", "thrust/weight", "hover [rpm]", "highest [rpm]",
    ])
    for name in ModelCatalogue.standard.names {
      let model = try model(name)
      table.append([
        name, format("%.4g", model.mass), format("%.4g", model.arm),
        format("%.3g", model.thrustToWeight), format("%.0f", model.hoverRotorSpeed(gravity: 9.81)),
        format("%.0f", model.maximumRotorSpeed),
      ])
    }
    try standardOutput(table.text)
  }

  private func model(_ name: String) throws -> QuadcopterModel {
    do throws(ModelError) { return try ModelCatalogue.standard.model(named: name) } catch {
      throw CommandFailure.input(error.description)
    }
  }

  private func format(_ pattern: String, _ number: Double) -> String {
    String(format: pattern, number)
  }
}

/// `swiftlet effects`.
struct EffectsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "effects", abstract: "List the effects of the air.",
    discussion: "EXAMPLE: swiftlet effects")

  func run() throws {
    try standardOutput(summaries(of: EffectCatalogue.standard, ["effect", "what it is"]).text)
  }
}

/// `swiftlet controllers`.
struct ControllersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "controllers", abstract: "List the controllers.",
    discussion: "EXAMPLE: swiftlet controllers")

  func run() throws {
    var table = summaries(of: ControllerCatalogue.standard, ["controller", "what it does"])
    table.append(["{ replay: FILE.csv }", "flies the rotor speeds of a recorded flight"])
    table.append(["{ policy: FILE }", "flies a trained policy; see 'swiftlet train'"])
    table.append(["human", "flown by a person, in the page of 'swiftlet view'"])
    try standardOutput(table.text)
  }
}

/// `swiftlet references`.
struct ReferencesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "references", abstract: "List the reference trajectories and their keys.",
    discussion: """
      A heading may stand beside any of them, in the place of its yaw.

      EXAMPLE: swiftlet references
      """)

  private static let heading = """
    heading, beside any of these: reference: { circle: { … }, heading: along_path }
      along_path            where the path leads
      { toward: [x, y, z] } at a point [m]
      a number              turning steadily, from the reference's own heading [rad/s]
    """

  func run() throws {
    try standardOutput(
      parameterLists(of: ReferenceCatalogue.standard) { $0.factory.parameters } + "\n\n"
        + Self.heading)
  }
}

/// `swiftlet sensors`.
struct SensorsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sensors", abstract: "List the sensors and their keys.",
    discussion: "EXAMPLE: swiftlet sensors")

  func run() throws {
    try standardOutput(parameterLists(of: SensorCatalogue.standard) { $0.factory.parameters })
  }
}

/// A line for each entry of a catalogue: its name and what it is.
private func summaries<Entry>(of catalogue: Catalogue<Entry>, _ heading: [String]) -> TextTable {
  var table = TextTable(heading)
  for entry in catalogue.entries { table.append([entry.name, entry.summary]) }
  return table
}

/// A paragraph for each entry of a catalogue: its name, what it is, and a line for each of its keys.
private func parameterLists<Entry>(
  of catalogue: Catalogue<Entry>, parameters: (Entry) -> [ParameterDescription]
) -> String {
  catalogue.entries.map { entry in
    var table = TextTable(["  key", "value", "by default", "what it is"])
    for parameter in parameters(entry) {
      table.append([
        "  " + parameter.name, parameter.valueDescription, parameter.defaultDescription,
        parameter.summary,
      ])
    }
    return "\(entry.name): \(entry.summary)\n\(table.text)"
  }.joined(separator: "\n\n")
}
