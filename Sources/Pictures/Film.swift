import Foundation

/// A flight as a moving picture, drawn frame by frame from its replay page.
package struct Film: Sendable {
  /// Where it is seen from.
  package enum Camera: String, Sendable, CaseIterable {
    /// From a fixed place aside and above.
    case orbit
    /// From behind the drone that is followed.
    case chase
    /// From straight above.
    case top
  }

  /// How wide and high it is; even numbers. [px]
  package var size = (width: 1280, height: 720)
  /// Pictures in a second. [Hz]
  package var rate = 30.0
  /// Seconds of flight in a second of film. [–]
  package var speed = 1.0
  /// Where it is seen from.
  package var camera = Camera.orbit
  /// Which drone is followed, if any.
  package var followed: Int?
  /// Whether the page is dark.
  package var isDark = false
  /// Whether the graphs stand beside the picture.
  package var hasGraphs = false
  /// Whether a corner of each picture shows what the followed drone sees, or the first.
  package var hasInset = false

  /// A film with the usual settings.
  package init() {}

  /// Films a recorded flight into a file: MP4 by ffmpeg, or an animated PNG, by its name's end.
  ///
  /// - Parameters:
  ///   - flight: The flight.
  ///   - path: The file, which appears whole or not at all.
  ///   - progress: Called after every picture with the share that is done; returns whether to go on.
  /// - Returns: Whether the film was finished.
  /// - Throws: If a program that is needed is missing or fails, or the flight cannot be shown.
  @discardableResult
  package func write(
    _ flight: RecordedFlight, to path: String, progress: (Double) -> Bool = { _ in true }
  ) throws(PictureError) -> Bool {
    let partial = path + ".partial"
    let reel = try reel(at: path, partial: partial)
    let isDone: Bool
    do throws(PictureError) {
      isDone = try shoot(flight, onto: reel, at: partial, progress: progress)
      try reel.close()
    } catch {
      try? FileManager.default.removeItem(atPath: partial)
      throw error
    }
    if isDone {
      // Foundation's call does not replace what is there.
      try? FileManager.default.removeItem(atPath: path)
      do { try FileManager.default.moveItem(atPath: partial, toPath: path) } catch {
        throw .failedProgram("the file system", reason: "\(error.localizedDescription)")
      }
    } else {
      try? FileManager.default.removeItem(atPath: partial)
    }
    return isDone
  }

  /// Whether MP4 can be written on this machine.
  package static var canWriteMP4: Bool { Program("ffmpeg") != nil }

  private func reel(at path: String, partial: String) throws(PictureError) -> any FilmReel {
    if path.hasSuffix(".png") { return try AnimatedPNG(at: partial, rate: rate) }
    guard path.hasSuffix(".mp4") else {
      throw .unfit(path: path, reason: "a film's name ends in .mp4 or .png")
    }
    guard let ffmpeg = Program("ffmpeg") else {
      throw .missingProgram("ffmpeg", advice: "on Debian, type: sudo apt-get install ffmpeg")
    }
    return try FFmpegReel(ffmpeg, at: partial, rate: rate)
  }

  /// Draws one picture of a recorded flight into a PNG file, which appears whole or not at all.
  ///
  /// - Parameters:
  ///   - flight: The flight.
  ///   - time: Which instant; its end if it is later. [s]
  ///   - path: The file.
  ///   - scale: Pixels of the file to a pixel of ``size``, a whole number. [–]
  /// - Throws: If a program that is needed is missing or fails, or the flight cannot be shown.
  package func writeStill(
    of flight: RecordedFlight, at time: Double, to path: String, scale: Int = 1
  ) throws(PictureError) {
    guard path.hasSuffix(".png") else {
      throw .unfit(path: path, reason: "a picture's name ends in .png")
    }
    let page = try page(of: flight, scale: scale)
    try page.evaluate("swiftlet.showFrame(\(time), 10)")
    try writePicture(try page.screenshot(), to: path)
  }

  private func shoot(
    _ flight: RecordedFlight, onto reel: any FilmReel, at partial: String,
    progress: (Double) -> Bool
  ) throws(PictureError) -> Bool {
    let page = try page(of: flight, leavingNo: partial)
    guard let start = try page.evaluate("swiftlet.flight.start") as? Double,
      let finish = try page.evaluate("swiftlet.flight.finish") as? Double
    else { throw .failedProgram("the page", reason: "it does not know how long the flight is") }
    let step = speed / rate
    let count = max(1, Int(((finish - start) / step + 1e-9).rounded(.down)) + 1)
    for frame in 0..<count {
      let time = start + Double(frame) * step
      try page.evaluate("swiftlet.showFrame(\(time), \(frame == 0 ? 0 : step))")
      try reel.append(try page.screenshot(hastily: reel.packsAnew), of: count)
      guard progress(Double(frame + 1) / Double(count)) else { return false }
    }
    return true
  }

  /// The flight's page in a browser, ready to be shown frame by frame.
  private func page(
    of flight: RecordedFlight, scale: Int = 1, leavingNo unfinished: String? = nil
  ) throws(PictureError) -> Page {
    let browser = try Browser(leavingNo: unfinished)
    let replay = try ReplayPage(of: flight)
    let file = browser.temporaryFile(named: "flight.html")
    try replay.write(to: file.path)
    return try browser.open(
      file.absoluteString + "#" + address, width: size.width & ~1, height: size.height & ~1,
      pixelRatio: scale, isDark: isDark)
  }

  /// The settings that the page takes from its address.
  private var address: String {
    "film&graphs=\(hasGraphs ? 1 : 0)&camera=\(camera.rawValue)"
      + (hasInset ? "&onboard" : "") + (followed.map { "&drone=\($0)" } ?? "")
  }
}

/// Where the pictures of a film go.
protocol FilmReel: AnyObject {
  /// Whether it packs the pictures anew, so that theirs need not be good.
  var packsAnew: Bool { get }
  /// Adds a picture, a PNG, of so many.
  func append(_ picture: [UInt8], of count: Int) throws(PictureError)
  /// Ends the film.
  func close() throws(PictureError)
}

/// An MP4 in the making by ffmpeg, which reads the pictures from a pipe.
private final class FFmpegReel: FilmReel {
  let packsAnew = true

  private let process = Process()
  private let pipe = Pipe()

  init(_ ffmpeg: Program, at path: String, rate: Double) throws(PictureError) {
    process.executableURL = URL(fileURLWithPath: ffmpeg.path)
    process.arguments = [
      "-loglevel", "error", "-y", "-f", "image2pipe", "-c:v", "png", "-framerate", "\(rate)",
      "-i", "-", "-c:v", "libx264", "-crf", "20", "-pix_fmt", "yuv420p", "-movflags",
      "+faststart", "-f", "mp4", path,
    ]
    process.standardInput = pipe
    do { try process.run() } catch { throw .failedProgram("ffmpeg", reason: "\(error)") }
  }

  func append(_ picture: [UInt8], of count: Int) throws(PictureError) {
    do { try pipe.fileHandleForWriting.write(contentsOf: Data(picture)) } catch {
      throw .failedProgram("ffmpeg", reason: "it takes no more pictures")
    }
  }

  func close() throws(PictureError) {
    try? pipe.fileHandleForWriting.close()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw .failedProgram("ffmpeg", reason: "it ended with \(process.terminationStatus)")
    }
  }
}
