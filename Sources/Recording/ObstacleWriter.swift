/// Writes how obstacles move to `obstacles.csv`, instant by instant, as ``TrajectoryWriter`` writes how
/// drones do.
package struct ObstacleWriter: ~Copyable {
  /// The name of the finished file.
  package static let fileName = "obstacles.csv"

  private var file: StreamedTable

  /// Begins a file in a folder that holds no other unfinished one.
  package init(in folder: RunFolder) throws(RecordingError) {
    try self.init(file: StreamedTable(named: Self.fileName, in: folder))
  }

  private init(file: consuming StreamedTable) throws(RecordingError) {
    self.file = file
    for name in ObstacleSample.columns { self.file.lines.append(name) }
    self.file.lines.endLine()
    try self.file.writeLines()
  }

  /// Writes the rows of one instant; none if any holds a number that is not finite.
  package mutating func append(_ instant: [ObstacleSample]) throws(RecordingError) {
    try file.beginLines()
    for sample in instant {
      file.lines.append(sample)
      guard let (field, value) = file.lines.unfit else { continue }
      throw .unfitValue(
        of: "obstacle \(sample.obstacle)", time: sample.time,
        column: ObstacleSample.columns[field], value: "\(value)", expected: "a finite number")
    }
    try file.writeLines()
  }

  /// Makes sure that every row is on the disk, and gives the file its name.
  package consuming func finish() throws(RecordingError) { try file.finish() }
}
