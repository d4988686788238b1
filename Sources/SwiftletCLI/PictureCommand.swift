import ArgumentParser
import Pictures
import Swiftlet

/// `swiftlet picture`.
struct PictureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "picture", abstract: "Draw one instant of a flight.",
    discussion: """
      The picture is the flight's replay page at a time, as PNG. Needs Chromium.

      EXAMPLE: swiftlet picture runs/circle-20260102-030405 --time 5 -o circle.png --graphs
      """)

  @Argument(help: "A run folder or a trajectory.", completion: .directory)
  var flight: String

  @Option(parsing: .unconditional, help: "The instant, in seconds.")
  var time = 0.0

  @Option(name: .shortAndLong, help: "The picture, a .png file.")
  var output: String

  @Option(parsing: .unconditional, help: "Pixels of the file to a pixel of the page, 1 to 4.")
  var scale = 1

  @OptionGroup var options: CameraOptions

  func validate() throws {
    guard time.isFinite else { throw ValidationError("--time \(time); expected a number") }
    guard (1...4).contains(scale) else {
      throw ValidationError("--scale \(scale); expected 1 to 4")
    }
  }

  func run() throws {
    do throws(PictureError) {
      try options.film.writeStill(
        of: RecordedFlight(at: flight), at: time, to: output, scale: scale)
    } catch { throw CommandFailure(error) }
    try standardOutput(output)
  }
}
