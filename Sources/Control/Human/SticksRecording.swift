package import Recording

/// What a person did with the sticks of a drone, to be done again.
package struct SticksRecording: Sendable {
  /// The name of the file of a flight.
  package static let fileName = "sticks.csv"

  private let times: [Double]
  private let sticks: [Sticks?]

  /// The columns of a file of sticks, whose rows hold until the drone's next.
  package static let columns = [
    FileColumn("t", "the time from which on the sticks are so", unit: "s"),
    FileColumn("drone", "which drone of the scenario they fly, from 0", unit: "–"),
    FileColumn("held", "1 where somebody holds them, 0 where nobody does", unit: "–"),
    FileColumn("mode", "what they command: 0 positions, 1 angles, 2 rates", unit: "–"),
    FileColumn("roll", "to the right, from -1 to 1", unit: "–"),
    FileColumn("pitch", "ahead, the nose down, from -1 to 1", unit: "–"),
    FileColumn("yaw", "to the left, from -1 to 1", unit: "–"),
    FileColumn("throttle", "up, from -1 to 1; 0 carries the weight", unit: "–"),
  ]

  /// The rows of one drone in a file; none for a drone that it lacks.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - drone: The drone.
  /// - Throws: ``CSVError`` for a number that there is not.
  package init(_ file: TrajectoryFile, drone: Int) throws(CSVError) {
    times = file.times(ofDrone: drone)
    let rows = file.rows(ofDrone: drone)
    for row in rows {
      try Self.check("held", of: file, row, in: 0...1)
      try Self.check("mode", of: file, row, in: 0...2)
      for column in Self.columns.suffix(4) {
        try Self.check(column.name, of: file, row, in: -1...1, isWhole: false)
      }
    }
    sticks = rows.map { row in
      guard file.table["held"][row] == 1 else { return nil }
      return Sticks(
        mode: Sticks.Mode.allCases[Int(file.table["mode"][row])], roll: file.table["roll"][row],
        pitch: file.table["pitch"][row], yaw: file.table["yaw"][row],
        throttle: file.table["throttle"][row])
    }
  }

  /// The numbers of a row of such a file.
  ///
  /// - Parameters:
  ///   - sticks: Where the sticks are; `nil` where nobody holds them.
  ///   - drone: The drone that they fly.
  ///   - time: From when on. [s]
  /// - Returns: A number for each of ``columns``.
  package static func row(_ sticks: Sticks?, of drone: Int, at time: Double) -> [Double] {
    let mode = Sticks.Mode.allCases.firstIndex(of: sticks?.mode ?? .position) ?? 0
    return [
      time, Double(drone), sticks == nil ? 0 : 1, Double(mode), sticks?.roll ?? 0,
      sticks?.pitch ?? 0, sticks?.yaw ?? 0, sticks?.throttle ?? 0,
    ]
  }

  private static func check(
    _ column: String, of file: TrajectoryFile, _ row: Int, in range: ClosedRange<Double>,
    isWhole: Bool = true
  ) throws(CSVError) {
    let value = file.table[column][row]
    guard !range.contains(value) || isWhole && value != value.rounded() else { return }
    let kind = isWhole ? "a whole number" : "a number"
    throw file.table.error(
      row, column, "\(value)",
      "\(kind) from \(Int(range.lowerBound)) to \(Int(range.upperBound))")
  }

  /// Where the sticks are at a time. [s]
  package func sticks(at time: Double) -> Sticks? {
    // The last row that is not later, by more than a rounding of the time.
    let now = time + 1e-9 * max(1, time)
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if times[middle] > now { high = middle } else { low = middle + 1 }
    }
    return low > 0 ? sticks[low - 1] : nil
  }
}
