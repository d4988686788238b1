/// A firmware that flies one drone, in lock-step.
protocol Firmware: Sendable {
  /// What it is called in messages.
  var name: String { get }
  /// How long an answer may take, by the wall's clock. [s]
  static var patience: Double { get }

  /// Sends a state, and the sticks before it where they are due, and waits for what the motors are told.
  ///
  /// - Parameters:
  ///   - numbers: What ``Packets/numbers(of:feeling:)`` gives.
  ///   - sticks: What the pilot does; `nil` where that is not due.
  ///   - time: The time of the firmware. [s]
  ///   - period: How long the state holds. [s]
  /// - Returns: Shares from 0 to 1, in the order of 4.6's packet. [–]
  /// - Throws: ``BetaflightError`` where no answer comes.
  func answer(
    to numbers: [Double], _ sticks: RadioSticks?, at time: Double, every period: Double
  ) throws(BetaflightError) -> [Double]
}

extension Firmware {
  /// How the lack of an answer is told.
  func silence(_ isRunning: Bool) -> BetaflightError {
    BetaflightError(
      isRunning ? "\(name) has given no motors for \(Self.patience) s" : "the firmware ended")
  }
}
