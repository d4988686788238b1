import Foundation
import Swiftlet

extension TrainingSummary {
  /// The summary for people.
  var text: String {
    let steps = "\(stepCount.grouped) steps in \(String(format: "%.1f", seconds)) s"
    var first = "\(configuration.task): \(steps)"
    if let hasReachedTarget, let target = configuration.target {
      first += String(
        format: ", target %g %@", target, hasReachedTarget ? "reached" : "not reached")
    }
    let file = "\(folder)/best.safetensors"
    return """
      \(first)

      The best policy, after \(bestStepCount.grouped) steps, in \(best.returns.count) new episodes:
      \(best.text)

      \(file)
      Try it: swiftlet evaluate \(file)
      """
  }
}

extension TrialResult {
  /// What ``cells`` are.
  static let columns = [
    "return", "deviation", "steps", "success", "time of success", "crash", "RMSE to the goal",
  ]

  /// The numbers for people.
  var cells: [String] {
    [
      String(format: "%.2f", meanReturn), String(format: "%.2f", returnDeviation),
      String(format: "%.1f", meanLength), String(format: "%.1f %%", 100 * successRate),
      successTime.map { String(format: "%.2f s", $0) } ?? "",
      String(format: "%.1f %%", 100 * crashRate), String(format: "%.1f cm", 100 * goalRMSE),
    ]
  }

  /// The result for people.
  var text: String {
    var table = TextTable(Self.columns)
    table.append(cells)
    guard let drones else { return table.text }
    return table.text + "\n\n" + Self.table(of: drones)
  }

  private static func table(of drones: [DroneResult]) -> String {
    var table = TextTable(["drone", "pilot", "return", "steps", "success", "crash"])
    for (drone, result) in drones.enumerated() {
      table.append([
        "\(drone)", result.pilot, String(format: "%.2f", result.meanReturn),
        String(format: "%.1f", result.meanLength),
        String(format: "%.1f %%", 100 * result.successRate),
        String(format: "%.1f %%", 100 * result.crashRate),
      ])
    }
    return table.text
  }
}

extension Int {
  /// The number with commas between thousands.
  var grouped: String {
    var digits = Array(String(magnitude))
    for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
    return (self < 0 ? "-" : "") + String(digits)
  }
}
