import Control
import Drone
import Foundation
import Parameters
import Testing

/// Every model flies as it is, and so does every other that a file can describe.
struct UntunedTests {
  static let names = ModelCatalogue.standard.names
  static let controllers = ["pid", "geometric"]
  static let seeds: Range<UInt64> = 0..<50

  @Test("every model of the catalogue flies untuned", arguments: names, controllers)
  func catalogue(name: String, controller: String) throws {
    let model = try ModelCatalogue.standard.model(named: name)
    let flights = try UntunedFlights(model, controller: controller)
    #expect(flights.isGood, "\(flights.row(model, controller))")
  }

  @Test("fifty models that have never been built fly untuned", arguments: controllers)
  func strangers(controller: String) throws {
    for seed in Self.seeds {
      let model = try QuadcopterModel(urdf: randomURDF(seed: seed), named: "stranger \(seed)")
      #expect(model.mass >= 0.02 && model.mass <= 2)
      let flights = try UntunedFlights(model, controller: controller)
      #expect(flights.isGood, "seed \(seed): \(flights.row(model, controller))")
    }
  }

  /// `SWIFTLET_WRITE_DOCUMENTATION=1 swift test … --filter UntunedTests` writes it anew.
  @Test("the documentation's table is what is measured")
  func table() throws {
    let page = try AirframePage().text
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Documentation/Airframes.md").standardizedFileURL
    if ProcessInfo.processInfo.environment["SWIFTLET_WRITE_DOCUMENTATION"] != nil {
      try Data(page.utf8).write(to: file)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == page)
  }
}

extension UntunedFlights {
  /// A row of the table.
  func row(_ model: QuadcopterModel, _ controller: String) -> String {
    let numbers = String(
      format: "%.4g | %.2f | %.1f | %.2f | %.1f | %.1f", model.mass, model.thrustToWeight,
      100 * overshoot, settlingTime, 100 * circleError, 100 * saturation)
    return "| `\(model.name)` | \(controller) | \(numbers) |"
  }
}
