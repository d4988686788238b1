import Identification
import Plotting

extension Figure {
  /// How long accelerations are shown. [s]
  private static let window = 5.0

  /// Accelerations that logs show, and what pulses explain of them, 5 s of each log, a row a log.
  ///
  /// - Parameters:
  ///   - series: The accelerations; of more than four logs those of the first.
  ///   - model: What explains them, in words.
  init(accelerations series: [InputResponse.Series], by model: String) {
    var logs: [String] = []
    for log in series.map(\.log) where !logs.contains(log) { logs.append(log) }
    let shown = Set(logs.prefix(4))
    let panels = series.filter { shown.contains($0.log) && !$0.times.isEmpty }.map { series in
      let middle = series.times[series.times.count / 2]
      let rows = series.times.indices.filter {
        abs(series.times[$0] - middle) <= Self.window / 2
      }
      let unit = series.channel == .thrust ? "m/s²" : "rad/s²"
      let times = rows.map { series.times[$0] }
      return Panel(
        "\(series.log): \(series.channel.rawValue) [\(unit)]", against: "t [s]",
        lines: [
          Line(x: times, y: rows.map { series.logged[$0] }, color: 0),
          Line(x: times, y: rows.map { series.explained[$0] }, color: 1),
        ])
    }
    self.init(
      title: "Accelerations from 0.5 to 10 Hz", subtitle: "explained by \(model)",
      columns: max(1, Set(series.map(\.channel)).count), names: ["logged", "explained"],
      panels: panels)
  }
}

extension FlightIdentification {
  /// How the objective, and constants with it, change with dead time.
  var profilePanels: [Panel] {
    let times = profile.map { $0.constants[.deadTime] ?? .nan }
    func panel(_ title: String, _ y: [Double]) -> Panel {
      Panel(title, against: "dead time [ms]", lines: [Line(x: times, y: y, color: 1)])
    }
    return [panel("objective, less is better", profile.map(\.objective))]
      + [Constant.rise, .fall, .rollGain].map { constant in
        panel(constant.summary, profile.map { $0.constants[constant] ?? .nan })
      }
  }
}
