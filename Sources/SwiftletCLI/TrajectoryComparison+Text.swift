import Foundation
import Swiftlet

extension TrajectoryComparison {
  /// The comparison as lines of text, with aligned columns.
  var text: String {
    var table = TextTable(["channel", "unit", "largest", "RMS", "drone", "t [s]"])
    for channel in channels {
      table.append([
        channel.name, channel.unit, short(channel.largest), short(channel.rootMeanSquare),
        "\(channel.drone)", String(format: "%.4f", channel.time),
      ])
    }
    var lines = [table.text, "\(rowCount) pairs of rows compared"]
    if !skipped.isEmpty {
      lines.append("not in both files: " + skipped.joined(separator: ", "))
    }
    return lines.joined(separator: "\n")
  }

  private func short(_ value: Double) -> String {
    value == 0 ? "0" : String(format: "%.2e", value)
  }
}
