import Configuration
import Control
import Foundation
import Recording
import Scenario

extension FuzzOutcome {
  /// Reads a scenario, and flies what is accepted for a moment.
  mutating func fly(scenario path: String, rows: Int = 4) {
    let specification: FlightSpecification
    do throws(InvalidConfiguration) {
      specification = try FlightSpecification(contentsOf: path)
    } catch {
      complaints += error.errors.map(\.description)
      return
    }
    isAccepted = true
    guard specification.isSmall else { return }
    do {
      _ = try JSONEncoder().encode(FlightMetadata(specification))
      var flight = try Flight(specification)
      for _ in 0..<rows where !flight.isFinished {
        guard flight.advance().isEmpty else { return }
      }
    } catch { complaints.append("accepted, but not flown: \(error)") }
  }

  /// Reads a scenario whose text names the input.
  mutating func fly(_ text: String, in folder: FuzzFolder) {
    fly(scenario: folder.write(Array(text.utf8), to: "flight.yaml"))
  }
}

extension FlightSpecification {
  /// Whether a moment of it takes no longer than a moment, and no firmware is waited for.
  fileprivate var isSmall: Bool {
    guard !drones.contains(where: { $0.controller.controller is any OutsideController }) else {
      return false
    }
    let steps = rates.physics / min(rates.control, rates.record)
    return steps * Double(drones.count) < 2000 && drones.count * world.obstacles.count < 20_000
  }
}
