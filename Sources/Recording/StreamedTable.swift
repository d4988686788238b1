/// A CSV file that grows instant by instant.
///
/// Until ``finish()`` its name ends in `.partial`, and so it stays called if the table is let go of
/// unfinished. Each ``writeLines()`` reaches the system in one write: a program that is killed leaves all
/// lines of those that it finished, and no other. A write that fails is cut off again, and nothing can
/// follow it.
struct StreamedTable: ~Copyable {
  /// What the name has after it until the file is finished.
  static let partialSuffix = ".partial"

  /// The lines to be written next.
  var lines = CSVLineBuffer()

  private let file: OutputFile
  private let finishedPath: String
  /// The length of the file, up to what was written last. [bytes]
  private var length = 0
  private var failure: RecordingError?

  /// Begins a table in a folder that holds no other unfinished one of that name.
  init(named name: String, in folder: RunFolder) throws(RecordingError) {
    finishedPath = folder.file(name)
    file = try OutputFile(creating: finishedPath + Self.partialSuffix, replacing: false)
  }

  /// Begins a table in a file of any name, in place of what is there.
  init(partialPath: String, finishedPath: String) throws(RecordingError) {
    self.finishedPath = finishedPath
    file = try OutputFile(creating: partialPath, replacing: true)
  }

  /// Makes ``lines`` empty, unless what was written before has failed.
  mutating func beginLines() throws(RecordingError) {
    if let failure { throw failure }
    lines.removeAll()
  }

  /// Writes ``lines``.
  mutating func writeLines() throws(RecordingError) {
    do throws(RecordingError) {
      try file.append(lines.bytes.span.extracting(0..<lines.count))
      length += lines.count
    } catch {
      file.cutBack(to: length)
      failure = error
      throw error
    }
  }

  /// Makes sure that every line is on the disk, and gives the file its name.
  consuming func finish() throws(RecordingError) {
    if let failure { throw failure }
    try file.flush()
    try renameFile(file.path, to: finishedPath)
  }
}
