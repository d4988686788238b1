package import Recording

/// What a pilot did, row by row of a file.
package struct RadioRecording: Sendable {
  /// The columns of the file.
  package static let columns = [
    FileColumn("t", "the time, later from row to row; a row holds until the next", unit: "s"),
    FileColumn("roll", "to the right, from −1 to 1; an angle of 60° at most", unit: "–"),
    FileColumn("pitch", "forwards, from −1 to 1; an angle of 60° at most", unit: "–"),
    FileColumn("yaw", "with the clock, from −1 to 1", unit: "–"),
    FileColumn("throttle", "from 0 to 1", unit: "–"),
    FileColumn(
      "level", "1, or 0 where roll and pitch are rates; 1 without such a column", unit: "–",
      isOptional: true),
    FileColumn(
      "arm", "1, or 0 to switch the motors off; 1 without such a column", unit: "–",
      isOptional: true),
  ]

  /// When each row begins. [s]
  package let times: [Double]
  private let sticks: [RadioSticks]

  /// The rows of a file.
  ///
  /// - Parameter path: The path of the file.
  /// - Throws: What is wrong with it, and where.
  package init(contentsOf path: String) throws(CSVError) {
    let table = try TrajectoryTable(
      contentsOf: path, required: Self.columns.filter { !$0.isOptional }.map(\.name),
      optional: Self.columns.filter(\.isOptional).map(\.name))
    guard table.rowCount > 0 else { throw CSVError(file: path, .noRows) }
    let times = table["t"]
    for row in times.indices.dropFirst() where times[row] <= times[row - 1] {
      throw CSVError(
        file: path, line: table.line(ofRow: row), column: "t",
        .value("\(times[row])", expected: "later than \(times[row - 1])"))
    }
    for name in ["roll", "pitch", "yaw"] { try Self.check(name, -1...1, in: table) }
    try Self.check("throttle", 0...1, in: table)
    let (level, arm) = (try Self.switches("level", in: table), try Self.switches("arm", in: table))
    self.times = times
    sticks = times.indices.map { row in
      RadioSticks(
        roll: table["roll"][row], pitch: table["pitch"][row], yaw: table["yaw"][row],
        throttle: table["throttle"][row], arm: arm[row], level: level[row])
    }
  }

  /// What the pilot does at a time: nothing before the first row. [s]
  func sticks(at time: Double) -> RadioSticks {
    // By more than a rounding of the time.
    let now = time + 1e-9 * max(1, time)
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if times[middle] > now { high = middle } else { low = middle + 1 }
    }
    return low > 0 ? sticks[low - 1] : RadioSticks()
  }

  private static func check(
    _ name: String, _ range: ClosedRange<Double>, in table: TrajectoryTable
  ) throws(CSVError) {
    for (row, value) in table[name].enumerated() where !range.contains(value) {
      throw CSVError(
        file: table.path, line: table.line(ofRow: row), column: name,
        .value("\(value)", expected: "from \(range.lowerBound) to \(range.upperBound)"))
    }
  }

  /// Whether a switch is on, row by row.
  private static func switches(
    _ name: String, in table: TrajectoryTable
  ) throws(CSVError) -> [Bool] {
    guard let cells = table.cells(name) else {
      return Array(repeating: true, count: table.rowCount)
    }
    var switches: [Bool] = []
    for (row, cell) in cells.enumerated() {
      let value = cell ?? 1
      guard value == 0 || value == 1 else {
        throw CSVError(
          file: table.path, line: table.line(ofRow: row), column: name,
          .value("\(value)", expected: "0 or 1"))
      }
      switches.append(value == 1)
    }
    return switches
  }
}
