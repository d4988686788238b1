import Foundation
import Plotting

/// The graphs of a flight.
struct FlightPanels {
  private let tracks: [DroneTrack]
  private let times: [[Double]]

  init(_ tracks: [DroneTrack]) {
    self.tracks = tracks
    times = tracks.map { $0.values("t") }
  }

  /// The flight in a line.
  var summary: String {
    let ends = times.flatMap { $0 }.filter(\.isFinite)
    let seconds = (ends.max() ?? 0) - (ends.min() ?? 0)
    return (tracks.count == 1 ? "1 drone" : "\(tracks.count) drones")
      + String(format: ", %g s", (1000 * seconds).rounded() / 1000)
  }

  /// All graphs that there is anything for.
  var all: [Panel] {
    let positions = ["x", "y", "z"].map { panel("\($0) [m]", [($0, false), ("ref_" + $0, true)]) }
    let velocities = ["vx", "vy", "vz"].map {
      panel("\($0) [m/s]", [($0, false), ("ref_" + $0, true)])
    }
    let attitudes = ["roll", "pitch", "yaw"].map { name in
      panel("\(name) [°]", [(name, false), ("ref_" + name, true)]) { $0.degrees($1) }
    }
    let rotors = (0..<4).map { rotor in
      panel("rotor \(rotor) [krpm]", [("rpm\(rotor)", false)]) { $0.values($1, times: 1e-3) }
    }
    let battery = panel("battery [V]", [("battery", false)])
    let error = Panel("tracking error [m]", against: "t [s]", lines: trackingErrors)
    let given = (velocities + attitudes + rotors + [battery]).filter { !$0.isBlank }
    return positions + given + [error, Panel("path [m]", paths: paths)]
  }

  private func panel(
    _ title: String, _ columns: [(name: String, isDashed: Bool)],
    values: (DroneTrack, String) -> [Double] = { $0.values($1) }
  ) -> Panel {
    var lines: [Line] = []
    for (track, times) in zip(tracks, times) {
      for column in columns {
        let y = values(track, column.name)
        guard !y.isEmpty else { continue }
        lines.append(Line(x: times, y: y, color: track.color, isDashed: column.isDashed))
      }
    }
    return Panel(title, against: "t [s]", lines: lines)
  }

  private var trackingErrors: [Line] {
    zip(tracks, times).map { Line(x: $1, y: $0.trackingError, color: $0.color) }
  }

  private var paths: [Path] {
    tracks.flatMap { track in
      [("", false), ("ref_", true)].map { prefix, isDashed in
        Path(
          x: track.values(prefix + "x"), y: track.values(prefix + "y"),
          z: track.values(prefix + "z"), color: track.color, isDashed: isDashed)
      }
    }
  }
}

extension Panel {
  /// Whether there is no line in it.
  fileprivate var isBlank: Bool {
    switch content {
    case .plane(let lines): lines.isEmpty
    case .space(let paths): paths.isEmpty
    }
  }
}
