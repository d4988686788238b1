import Foundation
import Identification
import Swiftlet

extension ModelScore {
  /// The score for people.
  var text: String {
    [predictionText, responseText, hoverText, closedLoopText].compactMap { $0 }
      .joined(separator: "\n\n")
  }

  private var predictionText: String? {
    guard openLoop.starts > 0 else { return nil }
    var table = TextTable(["mean error of", "after", "naive", "model", "and its law"])
    let quantities: [(String, KeyPath<OpenLoopScore.Errors, Double>)] = [
      ("position [m]", \.position), ("velocity [m/s]", \.velocity), ("attitude [rad]", \.attitude),
      ("body rates [rad/s]", \.rates),
    ]
    for (name, quantity) in quantities {
      for (index, horizon) in OpenLoopScore.horizons.enumerated() {
        table.append(
          [name, String(format: "%.1f s", horizon)]
            + [naive, openLoop, underControl].map {
              String(format: "%.4f", $0.errors[index][keyPath: quantity])
            })
      }
    }
    return "\(openLoop.starts.grouped) predictions\n\n\(table.text)"
  }

  private var responseText: String? {
    let channels = InputResponse.Channel.allCases.filter { response[$0] != nil }
    guard !channels.isEmpty else { return nil }
    var table = TextTable(["acceleration", "R², 0.5 to 10 Hz"])
    for channel in channels {
      table.append([channel.rawValue, String(format: "%.3f", response[channel] ?? .nan)])
    }
    return table.text
  }

  private var hoverText: String? {
    guard let ratio = hover.ratio else { return nil }
    var table = TextTable(["battery", "rows", "thrust/weight"])
    for bin in hover.bins {
      table.append([
        String(format: "%.1f to %.1f V", bin.voltage, bin.voltage + 0.2), bin.rows.grouped,
        String(format: "%.3f", bin.ratio),
      ])
    }
    let flights = hover.flights.map { String(format: "%.2f", $0) }.joined(separator: " ")
    return table.text + String(format: "\nall rows %.3f; by flight: ", ratio) + flights
  }

  private var closedLoopText: String? {
    guard !closedLoop.flights.isEmpty else { return nil }
    var table = TextTable([
      "flown again", "tracking/real", "shape", "roll rate", "pitch rate", "yaw rate",
    ])
    for flight in closedLoop.flights {
      let numbers = [flight.ratio, flight.shape] + flight.agitation
      table.append(
        [flight.log + (flight.isWhole ? "" : ", lost")]
          + numbers.map { $0.isFinite ? String(format: "%.3f", $0) : "–" })
    }
    let medians = [closedLoop.ratio, closedLoop.shape] + closedLoop.agitation
    table.append(["median"] + medians.map { $0.isFinite ? String(format: "%.3f", $0) : "–" })
    let count = closedLoop.flights.count
    return table.text
      + "\n\(closedLoop.lost) of \(count) lost; tracking within 5 %: "
      + "\(closedLoop.count(within: 0.05)), within 15 %: \(closedLoop.count(within: 0.15))"
  }
}
