import Plotting
package import Recording

/// The pictures that every flight gets.
package enum FlightPictures {
  /// The name of the file with the graphs.
  package static let plotsName = "plots.svg"
  /// The name of the page that plays the flight.
  package static let replayName = "replay.html"
  /// The names of all of them.
  package static let names = [plotsName, replayName]

  /// Makes the graphs and the replay page of a finished flight, in its run folder.
  package static func write(into folder: RunFolder) throws(PictureError) {
    let flight = try RecordedFlight(at: folder.path)
    try Figure(of: [flight]).write(to: folder.file(plotsName))
    try ReplayPage(of: flight).write(to: folder.file(replayName))
  }
}
