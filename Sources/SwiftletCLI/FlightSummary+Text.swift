import Foundation
import Swiftlet

extension FlightSummary {
  /// The summary as a table for people.
  var text: String {
    var table = TextTable(["drone", "model", "controller", "RMSE", "largest error", "contacts"])
    for (index, drone) in drones.enumerated() {
      table.append([
        "\(index)", drone.model, drone.controller.name, length(drone.tracking.rmse),
        length(drone.tracking.largestError), "\(drone.tracking.contacts)",
      ])
    }
    let time = String(
      format: "%g s flown in %.3g s: %.0f times real time", simulatedSeconds, wallSeconds,
      realTimeFactor)
    let recording = folder.isEmpty ? "" : "\n\(folder)/trajectory.csv"
    return "\(name)\n\n\(table.text)\n\n\(time)\(recording)"
  }

  private func length(_ meters: Double?) -> String {
    guard let meters else { return "–" }
    guard meters.isFinite else { return "beyond numbers" }
    guard meters < 1e7 else { return String(format: "%.3g m", meters) }
    return String(format: "%.2f cm", 100 * meters)
  }
}
