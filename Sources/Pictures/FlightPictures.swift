import Plotting
public import Recording

/// The pictures that every flight gets.
public enum FlightPictures {
  /// The name of the file with the graphs.
  public static let plotsName = "plots.svg"
  /// The names of all of them.
  public static let names = [plotsName]

  /// Makes the pictures of a finished flight, in its run folder.
  public static func write(into folder: RunFolder) throws(PictureError) {
    let flight = try RecordedFlight(at: folder.path)
    try Figure(of: [flight]).write(to: folder.file(plotsName))
  }
}
