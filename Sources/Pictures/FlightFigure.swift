import Foundation
package import Plotting
import Recording

extension Figure {
  /// The graphs of one or more recorded tables over one another.
  ///
  /// Trajectories get position, velocity, attitude, rotor speeds, tracking error and the path in
  /// space, a colour a drone; any other table, such as a training run's, a graph a column.
  package init(of flights: [RecordedFlight]) throws(PictureError) {
    var tables: [NumberTable] = []
    for flight in flights {
      do throws(CSVError) {
        tables.append(
          try NumberTable(
            contentsOf: flight.trajectory))
      } catch { throw .table(error) }
    }
    let areFlights = tables.allSatisfy { table in
      ["t", "drone", "x", "y", "z"].allSatisfy { table[$0] != nil }
    }
    self = areFlights ? Self.flights(flights, tables) : Self.tables(flights, tables)
    guard !panels.isEmpty else {
      throw .unfit(path: flights[0].path, reason: "there is no column of numbers to plot")
    }
  }

  private static func flights(_ flights: [RecordedFlight], _ tables: [NumberTable]) -> Figure {
    var tracks: [DroneTrack] = []
    var names: [String] = []
    for (flight, table) in zip(flights, tables) {
      for track in DroneTrack.all(in: table, firstColor: tracks.count) {
        names.append((flights.count > 1 ? flight.label + " " : "") + "drone \(track.drone)")
        tracks.append(track)
      }
    }
    let hasReference = tracks.contains { $0.hasReference }
    let title = flights.count == 1 ? flights[0].name : flights.map(\.label).joined(separator: ", ")
    var panels = FlightPanels(tracks).all
    if !hasReference { panels.removeAll { $0.title.hasPrefix("tracking error") } }
    return Figure(
      title: title, subtitle: FlightPanels(tracks).summary, names: names,
      dashedName: hasReference ? "dashed: reference" : "", panels: panels)
  }

  /// A graph a column, against the first, over all tables that have it.
  private static func tables(_ flights: [RecordedFlight], _ tables: [NumberTable]) -> Figure {
    let abscissa = tables.first?.names.first ?? ""
    var titles: [String] = []
    for name in tables.flatMap(\.names) where name != abscissa && !titles.contains(name) {
      titles.append(name)
    }
    let panels = titles.map { name in
      Panel(
        name, against: abscissa,
        lines: tables.enumerated().compactMap { index, table in
          guard let x = table[abscissa], let y = table[name] else { return nil }
          return Line(x: x, y: y, color: index)
        })
    }
    return Figure(
      title: flights.map(\.label).joined(separator: ", "), names: flights.map(\.label),
      panels: panels)
  }
}

extension RecordedFlight {
  /// What a legend calls it: the last part of its path that says something.
  var label: String {
    let url = URL(fileURLWithPath: path)
    let isUsual = url.lastPathComponent.hasPrefix(TrajectoryWriter.fileName)
    return (isUsual ? url.deletingLastPathComponent() : url.deletingPathExtension())
      .lastPathComponent
  }
}
