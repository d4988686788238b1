/// A table of rows of drones: columns `t` and `drone`, and further ones.
///
/// Drones are whole numbers from 0, and the rows of each stand in the order of their times, which
/// are distinct.
package struct TrajectoryFile: Sendable {
  /// The columns.
  package let table: TrajectoryTable
  /// The drones that have rows, in ascending order. [–]
  package let drones: [Int]

  private let rowsOfDrones: [Int: [Int]]

  /// Reads a file, whose columns `t` and `drone` go without saying; see ``TrajectoryTable``.
  package init(
    contentsOf path: String, required: [String] = [], optional: [String] = []
  ) throws(CSVError) {
    table = try TrajectoryTable(
      contentsOf: path, required: ["t", "drone"] + required, optional: optional)
    let (times, drones) = (table["t"], table["drone"])
    var rows: [Int: [Int]] = [:]
    for row in 0..<table.rowCount {
      guard let drone = Int(exactly: drones[row]), drone >= 0 else {
        throw table.error(row, "drone", "\(drones[row])", "a whole number from 0 up")
      }
      if let last = rows[drone]?.last, !(times[last] < times[row]) {
        throw table.error(
          row, "t", "\(times[row])", "later than \(times[last]), drone \(drone)'s time before")
      }
      rows[drone, default: []].append(row)
    }
    rowsOfDrones = rows
    self.drones = rows.keys.sorted()
  }

  /// The rows of a drone, in the order of time; none for a drone that the file lacks.
  package func rows(ofDrone drone: Int) -> [Int] { rowsOfDrones[drone] ?? [] }

  /// The times of a drone's rows. [s]
  package func times(ofDrone drone: Int) -> [Double] { values("t", ofDrone: drone) }

  /// The numbers of a required column in a drone's rows.
  package func values(_ column: String, ofDrone drone: Int) -> [Double] {
    let numbers = table[column]
    return rows(ofDrone: drone).map { numbers[$0] }
  }

  /// Makes sure that all drones have rows at the same times, give or take a tolerance in seconds.
  package func requireSharedTimes(within tolerance: Double = 1e-9) throws(CSVError) {
    guard let first = drones.first else { return }
    for drone in drones.dropFirst() {
      switch firstUnmatched(times(ofDrone: first), times(ofDrone: drone), tolerance) {
      case .none: continue
      case .first(let i): throw unmatched(first, i, "the rows of drone \(drone)")
      case .second(let i): throw unmatched(drone, i, "the rows of drone \(first)")
      }
    }
  }

  /// The error of a drone's row, counted from its first, that has no counterpart elsewhere.
  func unmatched(_ drone: Int, _ index: Int, _ other: String) -> CSVError {
    let row = rows(ofDrone: drone)[index]
    return CSVError(
      file: table.path, line: table.line(ofRow: row),
      .unmatched(drone: drone, time: table["t"][row], other: other))
  }
}

extension TrajectoryTable {
  /// The error of a row that holds something else than it should.
  package func error(_ row: Int, _ column: String, _ value: String, _ expected: String) -> CSVError
  {
    CSVError(
      file: path, line: line(ofRow: row), column: column, .value(value, expected: expected))
  }
}

/// What of two lists of times has no counterpart.
enum UnmatchedTime: Equatable {
  case none
  case first(Int)
  case second(Int)
}

/// The earliest time of two ascending lists that the other list lacks.
///
/// If there is none, the entries of the lists match one by one.
func firstUnmatched(_ a: [Double], _ b: [Double], _ tolerance: Double) -> UnmatchedTime {
  for i in 0..<max(a.count, b.count) {
    guard i < a.count else { return .second(i) }
    guard i < b.count else { return .first(i) }
    if a[i] < b[i] - tolerance { return .first(i) }
    if b[i] < a[i] - tolerance { return .second(i) }
  }
  return .none
}
