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
    var table = TextTable(["effect", "what it is"])
    for entry in EffectCatalogue.standard.entries { table.append([entry.name, entry.summary]) }
    try standardOutput(table.text)
  }
}

/// `swiftlet controllers`.
struct ControllersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "controllers", abstract: "List the controllers.",
    discussion: "EXAMPLE: swiftlet controllers")

  func run() throws {
    var table = TextTable(["controller", "what it does"])
    for entry in ControllerCatalogue.standard.entries { table.append([entry.name, entry.summary]) }
    table.append(["{ replay: FILE.csv }", "flies the rotor speeds of a recorded flight"])
    table.append(["{ policy: FILE }", "flies a trained policy; see 'swiftlet train'"])
    try standardOutput(table.text)
  }
}

/// `swiftlet references`.
struct ReferencesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "references", abstract: "List the reference trajectories and their keys.",
    discussion: "EXAMPLE: swiftlet references")

  func run() throws {
    try standardOutput(
      parameterLists(
        of: ReferenceCatalogue.standard.entries.map { ($0.name, $0.summary, $0.factory.parameters) }
      ))
  }
}

/// `swiftlet sensors`.
struct SensorsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sensors", abstract: "List the sensors and their keys.",
    discussion: "EXAMPLE: swiftlet sensors")

  func run() throws {
    try standardOutput(
      parameterLists(
        of: SensorCatalogue.standard.entries.map { ($0.name, $0.summary, $0.factory.parameters) }))
  }
}

/// A paragraph for each entry: its name, what it is, and a line for each of its keys.
private func parameterLists(
  of entries: [(name: String, summary: String, parameters: [ParameterDescription])]
) -> String {
  entries.map { entry in
    var table = TextTable(["  key", "value", "by default", "what it is"])
    for parameter in entry.parameters {
      table.append([
        "  " + parameter.name, parameter.valueDescription, parameter.defaultDescription,
        parameter.summary,
      ])
    }
    return "\(entry.name): \(entry.summary)\n\(table.text)"
  }.joined(separator: "\n\n")
}
