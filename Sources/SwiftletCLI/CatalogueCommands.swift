import ArgumentParser
import Foundation
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
      guard let model = try model(name) else { continue }
      table.append([
        name, format("%.4g", model.mass), format("%.4g", model.arm),
        format("%.3g", model.thrustToWeight), format("%.0f", model.hoverRotorSpeed(gravity: 9.81)),
        format("%.0f", model.maximumRotorSpeed),
      ])
    }
    print(table.text)
  }

  private func model(_ name: String) throws -> QuadcopterModel? {
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
    commandName: "effects", abstract: "List what the air can do.",
    discussion: "EXAMPLE: swiftlet effects")

  func run() {
    var table = TextTable(["effect", "what it is"])
    for entry in EffectCatalogue.standard.entries { table.append([entry.name, entry.summary]) }
    print(table.text)
  }
}

/// `swiftlet controllers`.
struct ControllersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "controllers", abstract: "List who can fly a drone.",
    discussion: "EXAMPLE: swiftlet controllers")

  func run() {
    var table = TextTable(["controller", "what it does"])
    for entry in ControllerCatalogue.standard.entries { table.append([entry.name, entry.summary]) }
    table.append(["{ replay: FILE.csv }", "flies the rotor speeds of a recorded flight"])
    table.append(["{ policy: FILE }", "flies a policy that was learned; see 'swiftlet train'"])
    print(table.text)
  }
}
