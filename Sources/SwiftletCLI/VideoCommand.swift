import ArgumentParser
import Foundation
import Pictures
import Swiftlet

/// `swiftlet video`.
struct VideoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "video", abstract: "Film a flight.",
    discussion: """
      Draws the flight's replay page frame by frame, without a screen. Needs Chromium; MP4 needs \
      ffmpeg too, and where there is none the film becomes an animated PNG.

      EXAMPLES:
        swiftlet video runs/circle-20260102-030405
        swiftlet video runs/circle-20260102-030405 -o chase.mp4 --camera chase --follow 0
      """)

  @Argument(help: "A run folder or a trajectory.", completion: .directory)
  var flight: String

  @Option(
    name: .shortAndLong,
    help: "The film, .mp4 or .png; flight.mp4 in the run folder if not given.")
  var output: String?

  @Option(parsing: .unconditional, help: "Pictures in a second.")
  var fps = 30.0

  @Option(parsing: .unconditional, help: "Seconds of flight in a second of film.")
  var speed = 1.0

  @OptionGroup var options: CameraOptions

  func validate() throws {
    guard fps >= 0.1, fps <= 120 else { throw ValidationError("--fps \(fps); expected 0.1 to 120") }
    guard speed >= 0.001, speed <= 1000 else {
      throw ValidationError("--speed \(speed); expected 0.001 to 1000")
    }
  }

  func run() throws {
    let progress = ProgressLine(isQuiet: false)
    let interrupt = Interrupt()
    let path: String
    do {
      let flight = try RecordedFlight(at: flight)
      path = fittingPath(of: flight)
      let isDone = try film.write(flight, to: path) { share in
        progress.show(share: share)
        return !interrupt.hasHappened
      }
      progress.clear()
      guard isDone else { throw CommandFailure(message: "stopped before the end", code: 130) }
    } catch let error as PictureError {
      progress.clear()
      throw CommandFailure(error)
    }
    try standardOutput(path)
  }

  private var film: Film {
    var film = options.film
    (film.rate, film.speed) = (fps, speed)
    return film
  }

  /// The path that was given; ending in .png in the place of .mp4 where there is no ffmpeg.
  private func fittingPath(of flight: RecordedFlight) -> String {
    let folder = URL(fileURLWithPath: flight.trajectory).deletingLastPathComponent().relativePath
    let path = output ?? folder + "/flight.mp4"
    guard path.hasSuffix(".mp4"), !Film.canWriteMP4 else { return path }
    let instead = path.dropLast(4) + ".png"
    standardError("there is no ffmpeg on the PATH: the film becomes an animated PNG, \(instead)")
    return String(instead)
  }
}
