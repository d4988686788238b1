import Control

/// Where the sticks of people go, a row each time they move.
struct StickRows: Sendable {
  /// The drones that people fly.
  let drones: [Int]
  private var last: [Int: Sticks?] = [:]
  private var rows: [[Double]] = []

  init(of loops: [ControlLoop]) {
    drones = loops.indices.filter { loops[$0].isFlownByPerson }
  }

  /// Takes in where the sticks of a drone are.
  mutating func note(_ sticks: Sticks?, of drone: Int, at time: Double) {
    guard last[drone] != .some(sticks) else { return }
    last[drone] = .some(sticks)
    rows.append(SticksRecording.row(sticks, of: drone, at: time))
  }

  /// The rows since they were last taken.
  mutating func take() -> [[Double]] {
    defer { rows.removeAll(keepingCapacity: true) }
    return rows
  }
}
