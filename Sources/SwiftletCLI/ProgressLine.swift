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
    guard isDue() else { return }
    let elapsed = ContinuousClock.now - start
    let share = progress.time / progress.duration
    let seconds = elapsed / .seconds(1)
    let numbers = String(
      format: "%3.0f %%  %.1f of %g s  %.0f x real time  %.0f s left", 100 * share, progress.time,
      progress.duration, progress.time / seconds, seconds * (1 - share) / share)
    put("\(bar(share)) \(numbers)")
  }

  /// Shows which share of some work is done, ten times a second at most.
  func show(share: Double) {
    guard isDue() else { return }
    put("\(bar(share)) \(Int(100 * share)) %")
  }

  /// Shows how far training has come, ten times a second at most.
  func show(_ progress: TrainingProgress) {
    guard isDue() else { return }
    let (learning, rate) = (progress.learning, progress.stepsPerSecond)
    func number(_ value: Double?) -> String { value.map { String(format: "%.1f", $0) } ?? "–" }
    let left = Double(progress.totalSteps - learning.stepCount) / max(rate, 1)
    put(
      "\(learning.stepCount.grouped) steps  \(Int(rate).grouped)/s  "
        + "return \(number(learning.meanReward))  best \(number(progress.bestReturn))  "
        + "length \(number(learning.meanLength))  "
        + String(
          format: "losses %.3f %.3f  %.0f s left", learning.policyLoss, learning.valueLoss, left))
  }

  private func isDue() -> Bool {
    guard !isSilent else { return false }
    let elapsed = ContinuousClock.now - start
    guard elapsed >= next else { return false }
    next = elapsed + .milliseconds(100)
    return true
  }

  private func bar(_ share: Double) -> String {
    "["
      + String(repeating: "#", count: Int(30 * share))
      .padding(toLength: 30, withPad: ".", startingAt: 0) + "]"
  }

  private func put(_ line: String) {
    terminal("\r\u{1B}[K\(line)")
    isShown = true
  }

  /// Takes the line away.
  func clear() {
    if isShown { terminal("\r\u{1B}[K") }
    isShown = false
  }
}
