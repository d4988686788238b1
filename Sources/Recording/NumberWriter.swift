/// Writes rows of numbers under names, as ``TrajectoryWriter`` writes how drones move.
package struct NumberWriter: ~Copyable {
  private var file: StreamedTable
  private let columns: [String]

  /// Begins a file in a folder that holds no other unfinished one of that name.
  ///
  /// - Parameters:
  ///   - name: The name of the finished file.
  ///   - folder: The folder.
  ///   - columns: The names of the columns.
  /// - Throws: Why the file cannot be made.
  package init(
    named name: String, in folder: RunFolder, columns: [String]
  ) throws(RecordingError) {
    try self.init(file: StreamedTable(named: name, in: folder), columns: columns)
  }

  private init(file: consuming StreamedTable, columns: [String]) throws(RecordingError) {
    self.file = file
    self.columns = columns
    for column in columns { self.file.lines.append(column) }
    self.file.lines.endLine()
    try self.file.writeLines()
  }

  /// Writes some rows, the time first in each, with a number a column; whole numbers as such.
  package mutating func append(_ rows: [[Double]]) throws(RecordingError) {
    guard !rows.isEmpty else { return }
    try file.beginLines()
    for row in rows {
      precondition(row.count == columns.count, "a number for each column")
      for (place, number) in row.enumerated() {
        if place > 0, let whole = Int(exactly: number) {
          file.lines.append(whole)
        } else {
          file.lines.append(number)
        }
      }
      file.lines.endLine()
      guard let (field, value) = file.lines.unfit else { continue }
      throw .unfitValue(
        of: "a row", time: row[0], column: columns[field], value: "\(value)",
        expected: "a finite number")
    }
    try file.writeLines()
  }

  /// Makes sure that every row is on the disk, and gives the file its name.
  package consuming func finish() throws(RecordingError) { try file.finish() }
}
