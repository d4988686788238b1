/// When things happen in a flight, counted in physics steps so that no time is summed up.
struct FlightClock: Sendable {
  /// Physics steps in the flight.
  let steps: Int
  /// Physics steps between two commands.
  let stepsPerCommand: Int
  /// Physics steps between two recorded instants.
  let stepsPerRecord: Int
  private let frequency: Double

  init(duration: Double, rates: FlightSpecification.Rates) {
    frequency = rates.physics
    steps = max(1, Int((duration * rates.physics).rounded()))
    stepsPerCommand = Int((rates.physics / rates.control).rounded())
    stepsPerRecord = Int((rates.physics / rates.record).rounded())
  }

  /// The time after some physics steps. [s]
  func time(after step: Int) -> Double { Double(step) / frequency }

  /// Whether controllers command after some physics steps.
  func isCommanded(_ step: Int) -> Bool { step % stepsPerCommand == 0 }

  /// Whether the instant after some physics steps is recorded.
  func isRecorded(_ step: Int) -> Bool { step % stepsPerRecord == 0 || step >= steps }

  /// The next step at which something happens.
  func nextEvent(after step: Int) -> Int {
    func next(_ interval: Int) -> Int { (step / interval + 1) * interval }
    return min(next(stepsPerCommand), next(stepsPerRecord), steps)
  }
}
