import ArgumentParser
import Pictures
import Swiftlet

/// How a flight is seen on pictures and films.
struct CameraOptions: ParsableArguments {
  @Option(
    parsing: .unconditional, help: "How wide and high it is, in pixels.",
    transform: PixelSize.init(parsing:))
  var size = PixelSize(width: 1280, height: 720)

  @Option(help: "Where it is seen from: orbit, chase or top.")
  var camera = Film.Camera.orbit

  @Option(parsing: .unconditional, help: "The drone to follow.")
  var follow: Int?

  @Flag(help: "Draw on a dark page.")
  var dark = false

  @Flag(help: "Show the graphs beside the picture.")
  var graphs = false

  @Flag(help: "Show what the followed drone sees, or the first, in a corner.")
  var onboard = false

  /// A film, or still, seen so.
  var film: Film {
    var film = Film()
    film.size = (size.width, size.height)
    (film.camera, film.followed, film.isDark, film.hasGraphs) = (camera, follow, dark, graphs)
    film.hasInset = onboard
    return film
  }
}

extension Film.Camera: ExpressibleByArgument {}

/// A width and a height, such as 1280x720.
struct PixelSize {
  var width, height: Int

  init(width: Int, height: Int) { (self.width, self.height) = (width, height) }

  init(parsing text: String) throws {
    let numbers = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let width = numbers[0], let height = numbers[1],
      (16...7680).contains(width), (16...7680).contains(height)
    else {
      throw ValidationError("--size \(text); expected WIDTHxHEIGHT of 16 to 7680, such as 1280x720")
    }
    (self.width, self.height) = (width, height)
  }
}
