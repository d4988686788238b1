/// Writes a flight to `trajectory.csv`, instant by instant.
///
/// Until ``finish()`` the file is called `trajectory.csv.partial`, and so it stays called if the
/// writer is let go of unfinished. Every instant reaches the system in one write: a program that is
/// killed leaves all rows of the instants that it finished, and no other, unless it is killed while the
/// system is at that very write: then it may leave some of the instant's rows, and the last of them cut
/// off. Readers of partial files pass over a last line without an end. A write that fails is cut off
/// again, and nothing can follow it.
package struct TrajectoryWriter: ~Copyable {
  /// The name of the finished file.
  package static let fileName = "trajectory.csv"
  /// What the name has after it until the file is finished.
  package static let partialSuffix = StreamedTable.partialSuffix

  /// The names of the columns behind those of every trajectory.
  package let readings: [String]

  private var file: StreamedTable
  /// The time of the last instant. [s]
  private var lastTime = -Double.infinity

  /// Begins a trajectory in a folder that holds no other unfinished one.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - readings: The names of columns for what drones measure.
  /// - Throws: ``RecordingError`` if the file cannot be made.
  package init(in folder: RunFolder, readings: [String] = []) throws(RecordingError) {
    try self.init(
      file: StreamedTable(named: Self.fileName, in: folder), readings: readings)
  }

  /// Begins a trajectory in a file of any name, in place of what is there.
  package init(partialPath: String, finishedPath: String) throws(RecordingError) {
    try self.init(
      file: StreamedTable(partialPath: partialPath, finishedPath: finishedPath), readings: [])
  }

  private init(
    file: consuming StreamedTable, readings: [String]
  ) throws(RecordingError) {
    self.file = file
    self.readings = readings
    self.file.lines.appendHeader(readings)
    try self.file.writeLines()
  }

  /// Writes the rows of one instant, of all drones in the order of their indices.
  ///
  /// No row is written if any holds a value that is not finite, an index out of order, or a time
  /// that is not the instant's or not later than the instant before.
  ///
  /// - Parameters:
  ///   - instant: The rows.
  ///   - readings: What the drones measured: a number for each of ``readings`` and row, the numbers of
  ///     one row after those of the row before, and NaN for nothing.
  /// - Throws: ``RecordingError`` if a row is refused, or the file cannot be written.
  package mutating func append(
    _ instant: Span<TrajectorySample>, readings: [Double] = []
  ) throws(RecordingError) {
    try file.beginLines()
    let width = self.readings.count
    precondition(readings.count == instant.count * width, "\(width) readings for each row")
    for i in instant.indices {
      let sample = instant[i]
      file.lines.append(sample, readings: readings, in: i * width..<(i + 1) * width)
      if let (field, value) = file.lines.unfit {
        let name = (TrajectorySample.columns + self.readings)[field]
        throw refusal(of: sample, name, "\(value)", "a finite number")
      }
      try checkPlace(of: sample, after: i > 0 ? instant[i - 1] : nil)
    }
    guard instant.count > 0 else { return }
    try file.writeLines()
    lastTime = instant[instant.count - 1].time
  }

  /// Makes sure that every row is on the disk, and gives the file its name.
  package consuming func finish() throws(RecordingError) { try file.finish() }

  private func checkPlace(
    of sample: TrajectorySample, after previous: TrajectorySample?
  ) throws(RecordingError) {
    if let previous, sample.time != previous.time {
      throw refusal(of: sample, "t", "\(sample.time)", "\(previous.time), as the row before has")
    }
    guard sample.time > lastTime else {
      throw refusal(of: sample, "t", "\(sample.time)", "later than \(lastTime), the last instant")
    }
    let next = previous.map { $0.drone + 1 } ?? 0
    guard sample.drone >= next else {
      throw refusal(of: sample, "drone", "\(sample.drone)", "an index from \(next) up")
    }
  }

  private func refusal(
    of sample: TrajectorySample, _ column: String, _ value: String, _ expected: String
  ) -> RecordingError {
    .unfitValue(
      of: "drone \(sample.drone)", time: sample.time, column: column, value: value,
      expected: expected)
  }
}
