import Files

/// A CSV file that grows instant by instant.
///
/// Until ``finish()`` its name ends in `.partial`, and so it stays called if the table is let go of
/// unfinished. Each ``writeLines()`` reaches the system in one write: a program that is killed leaves all
/// lines of those that it finished, and no other, unless it falls into the write: the last line may then
/// be cut off, and readers pass over it. A write that fails is cut off again, and nothing can follow it.
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
    file = try Self.file(finishedPath + Self.partialSuffix, replacing: false)
  }

  /// Begins a table in a file of any name, in place of what is there.
  init(partialPath: String, finishedPath: String) throws(RecordingError) {
    self.finishedPath = finishedPath
    file = try Self.file(partialPath, replacing: true)
  }

  private static func file(
    _ path: String, replacing: Bool
  ) throws(RecordingError) -> OutputFile {
    do throws(OutputFault) { return try OutputFile(creating: path, replacing: replacing) } catch {
      throw RecordingError(error)
    }
  }

  /// Makes ``lines`` empty, unless what was written before has failed.
  mutating func beginLines() throws(RecordingError) {
    if let failure { throw failure }
    lines.removeAll()
  }

  /// Writes ``lines``.
  mutating func writeLines() throws(RecordingError) {
    do throws(OutputFault) {
      try file.append(lines.bytes.span.extracting(0..<lines.count))
      length += lines.count
    } catch {
      file.cutBack(to: length)
      failure = RecordingError(error)
      throw RecordingError(error)
    }
  }

  /// Makes sure that every line is on the disk, and gives the file its name.
  consuming func finish() throws(RecordingError) {
    if let failure { throw failure }
    do throws(OutputFault) {
      try file.flush()
      try renameFile(file.path, to: finishedPath)
    } catch { throw RecordingError(error) }
  }
}
