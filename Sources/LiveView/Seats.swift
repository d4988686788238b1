import Control

/// Who flies which drone from a page: one client each, for as long as it says where its sticks are.
struct Seats {
  /// How long sticks may be silent before they are let go. [s]
  static let patience = Duration.seconds(0.5)

  private struct Seat {
    let client: ObjectIdentifier
    let sticks: Sticks
    let time: ContinuousClock.Instant
  }

  private var seats: [Int: Seat] = [:]

  /// Takes in where a client's sticks are; those of a client whose seat another has do not count.
  mutating func take(
    _ sticks: Sticks?, of drone: Int, from client: ObjectIdentifier, at now: ContinuousClock.Instant
  ) {
    if let seat = seats[drone], seat.client != client, now - seat.time < Self.patience { return }
    seats[drone] = sticks.map { Seat(client: client, sticks: $0, time: now) }
  }

  /// A client is gone: its drones are let go.
  mutating func remove(_ client: ObjectIdentifier) {
    seats = seats.filter { $0.value.client != client }
  }

  /// Where the sticks of a drone are; `nil` where nobody holds them.
  func sticks(of drone: Int, at now: ContinuousClock.Instant) -> Sticks? {
    guard let seat = seats[drone], now - seat.time < Self.patience else { return nil }
    return seat.sticks
  }
}
