import Foundation

extension TrajectoryComparison {
  /// The comparison as lines of text, with aligned columns.
  public var table: String {
    var rows = [["channel", "unit", "largest", "RMS", "drone", "t [s]"]]
    for channel in channels {
      rows.append([
        channel.name, channel.unit, short(channel.largest), short(channel.rootMeanSquare),
        "\(channel.drone)", String(format: "%.4f", channel.time),
      ])
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    var lines = rows.map { row in
      row.indices.map { padded(row[$0], to: widths[$0], onTheLeft: $0 >= 2) }
        .joined(separator: "  ")
    }
    lines.append("\(rowCount) pairs of rows compared")
    if !skipped.isEmpty {
      lines.append("not in both files: " + skipped.joined(separator: ", "))
    }
    return lines.joined(separator: "\n")
  }

  private func short(_ value: Double) -> String {
    value == 0 ? "0" : String(format: "%.2e", value)
  }

  private func padded(_ text: String, to width: Int, onTheLeft: Bool) -> String {
    let spaces = String(repeating: " ", count: max(0, width - text.count))
    return onTheLeft ? spaces + text : text + spaces
  }
}
