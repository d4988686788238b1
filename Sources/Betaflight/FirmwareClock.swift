/// The time of a firmware, and when it hears of the sticks.
struct FirmwareClock: Sendable {
  /// The time of the firmware, which has had a second to begin (`FC_BEGINNING` of `CFirmwareClock.h`). [s]
  private(set) var now = 1.0
  /// The time of the firmware when the flight begins. [s]
  private var start = 1.0
  /// When sticks are due. [s]
  private var due = 1.0

  /// Goes on before the flight, which begins with the next state. [s]
  mutating func advance(by period: Double) {
    now += period
    start = now + period
  }

  /// Goes on to a time of the flight. [s]
  mutating func advance(to time: Double) { now = start + time }

  /// Whether sticks are to be sent, 50 times a second.
  mutating func takesSticks() -> Bool {
    guard now >= due else { return false }
    due = now + 0.0199
    return true
  }
}
