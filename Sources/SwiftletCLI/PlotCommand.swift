import ArgumentParser
import Foundation
import Pictures
import Plotting
import Swiftlet

/// `swiftlet plot`.
struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot", abstract: "Draw the graphs of flights or training runs.",
    discussion: """
      A trajectory gives position, velocity, attitude, rotor speeds, tracking error and the path in \
      space, references dashed; any other CSV file, such as a training run's, a graph a column \
      against the first. Several files are drawn over one another. A picture ending in .png needs \
      Chromium or rsvg-convert; .svg needs nothing.

      EXAMPLES:
        swiftlet plot runs/circle-20260102-030405
        swiftlet plot a/trajectory.csv b/trajectory.csv -o both.png --theme dark
      """)

  @Argument(
    help: "Run folders or CSV files.", completion: .file(extensions: ["csv"]))
  var flights: [String]

  @Option(
    name: .shortAndLong,
    help: "The picture, .svg or .png; plots.svg in the run folder, or beside a file, if not given.")
  var output: String?

  @Option(
    help: "automatic (as the viewer's system prefers), light or dark; a .png is light or dark.")
  var theme = Theme.automatic

  func run() throws {
    do throws(PictureError) {
      let flights = try flights.map { path throws(PictureError) in try RecordedFlight(at: path) }
      let figure = try Figure(of: flights)
      try figure.write(to: output ?? defaultOutput, theme: theme)
    } catch { throw CommandFailure(error) }
    try standardOutput(output ?? defaultOutput)
  }

  /// In a run folder, or beside a table.
  private var defaultOutput: String {
    guard let path = flights.first, flights.count == 1 else { return "plots.svg" }
    if path.hasSuffix(".csv") { return path.dropLast(4) + ".svg" }
    var folder = path
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    return folder + "/" + FlightPictures.plotsName
  }
}

extension Theme: ExpressibleByArgument {}
