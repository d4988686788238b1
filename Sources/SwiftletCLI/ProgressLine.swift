import Foundation
import Swiftlet

/// A line on the terminal that says how far a flight has come, for flights of more than a second.
final class ProgressLine {
  private let start = ContinuousClock.now
  private var next = Duration.seconds(1)
  private var isShown = false
  private let isSilent: Bool

  /// A line; none where standard error is no terminal.
  init(isQuiet: Bool) { isSilent = isQuiet || isatty(STDERR_FILENO) == 0 }

  /// Shows how far the flight has come, ten times a second at most.
  func show(_ progress: FlightRun.Progress) {
    guard !isSilent else { return }
    let elapsed = ContinuousClock.now - start
    guard elapsed >= next else { return }
    next = elapsed + .milliseconds(100)
    let share = progress.time / progress.duration
    let seconds = elapsed / .seconds(1)
    let bar = String(repeating: "#", count: Int(30 * share))
      .padding(toLength: 30, withPad: ".", startingAt: 0)
    let line = String(
      format: "\r\u{1B}[K[%@] %3.0f %%  %.1f of %g s  %.0f x real time  %.0f s left", bar,
      100 * share, progress.time, progress.duration, progress.time / seconds,
      seconds * (1 - share) / share)
    FileHandle.standardError.write(Data(line.utf8))
    isShown = true
  }

  /// Takes the line away.
  func clear() {
    if isShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    isShown = false
  }
}
