/// Writes how obstacles move to `obstacles.csv`, instant by instant, as ``TrajectoryWriter`` writes how
/// drones do.
package struct ObstacleWriter: ~Copyable {
  /// The name of the finished file.
  package static let fileName = "obstacles.csv"

  private var file: StreamedTable

  /// The names of the world's obstacles, in order; none where no obstacle has one.
  private let names: [String?]

  /// Begins a file in a folder that holds no other unfinished one.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - names: The names of all obstacles of the world, in order, for a column of their own; empty for
  ///     none.
  /// - Throws: Why the file cannot be made.
  package init(in folder: RunFolder, names: [String?] = []) throws(RecordingError) {
    try self.init(file: StreamedTable(named: Self.fileName, in: folder), names: names)
  }

  private init(file: consuming StreamedTable, names: [String?]) throws(RecordingError) {
    self.file = file
    self.names = names
    for name in ObstacleSample.columns { self.file.lines.append(name) }
    if !names.isEmpty { self.file.lines.append("name") }
    self.file.lines.endLine()
    try self.file.writeLines()
  }

  /// Writes the rows of one instant; none if any holds a number that is not finite.
  package mutating func append(_ instant: [ObstacleSample]) throws(RecordingError) {
    try file.beginLines()
    for sample in instant {
      file.lines.append(sample)
      if !names.isEmpty { file.lines.append(names[sample.obstacle] ?? "") }
      file.lines.endLine()
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
