import Files

/// Reads a CSV file record by record (RFC 4180), without ever holding more than a stretch of it.
///
/// Lines may end in LF or CRLF; a byte order mark is skipped, and so are empty lines.
struct CSVReader: ~Copyable {
  /// The path of the file, as it was given.
  var path: String { file.path }
  /// The bytes read; those of the current record lie in ``fields``.
  private(set) var bytes = [UInt8](repeating: 0, count: 2 * InputLimits.tableLineBytes)
  /// Where the fields of the current record are, without their quotes.
  private(set) var fields: [Range<Int>] = []
  /// The line that the current record begins in, from 1.
  private(set) var line = 0

  private let file: InputFile
  private let ignoresUnterminatedLine: Bool
  /// Where the next record begins.
  private var start = 0
  /// Where the bytes read end.
  private var end = 0
  private var isAtEnd = false
  private var nextLine = 1

  /// Opens a file; of one whose name says that it is partial, a last line without an end is passed over,
  /// as a flight that was killed may leave one.
  init(_ path: String) throws(CSVError) {
    try self.init(
      Self.open(path), ignoringUnterminatedLine: path.hasSuffix(TrajectoryWriter.partialSuffix))
  }

  private static func open(_ path: String) throws(CSVError) -> InputFile {
    do throws(FileFault) {
      return try InputFile(opening: path, atMost: InputLimits.tableBytes)
    } catch { throw CSVError(file: path, .unreadable(error)) }
  }

  private init(
    _ file: consuming InputFile, ignoringUnterminatedLine: Bool
  ) throws(CSVError) {
    self.file = file
    ignoresUnterminatedLine = ignoringUnterminatedLine
    try refill()
    if end >= 3, bytes[0] == 0xef, bytes[1] == 0xbb, bytes[2] == 0xbf { start = 3 }
  }

  /// Goes to the next record, if there is one.
  mutating func advance() throws(CSVError) -> Bool {
    while true {
      line = nextLine
      switch try scan() {
      case .record(let next, let lines, let isTerminated):
        let isEmpty = fields.count == 1 && fields[0].isEmpty && bytes[start] != .quote
        start = next
        nextLine += lines
        if !isTerminated && ignoresUnterminatedLine { return false }
        if !isEmpty { return true }
      case .cutOff:
        try makeRoom()
        try refill()
      case .nothing: return false
      }
    }
  }

  /// The text of a field of the current record, which must be UTF-8.
  func text(_ field: Int) throws(CSVError) -> String {
    guard let text = String(validating: bytes[fields[field]], as: UTF8.self) else {
      throw CSVError(file: path, line: line, .notText)
    }
    return text.replacing("\"\"", with: "\"")
  }

  private enum Scan {
    case record(next: Int, lines: Int, isTerminated: Bool)
    case cutOff
    case nothing
  }

  /// Finds the fields of the record at `start`.
  private mutating func scan() throws(CSVError) -> Scan {
    guard start < end else { return isAtEnd ? .nothing : .cutOff }
    fields.removeAll(keepingCapacity: true)
    var cursor = FieldCursor(position: start, end: end)
    while true {
      let field = cursor.take(from: bytes.span)
      switch cursor.stop {
      case .comma: fields.append(field)
      case .newline:
        fields.append(field)
        return .record(next: cursor.position, lines: cursor.lines, isTerminated: true)
      case .endOfBytes where !isAtEnd: return .cutOff
      case .endOfBytes:
        fields.append(field)
        return .record(next: cursor.position, lines: cursor.lines, isTerminated: false)
      case .strayQuote:
        if cursor.position == end, !isAtEnd { return .cutOff }
        if cursor.position == end, ignoresUnterminatedLine { return .nothing }
        throw CSVError(file: path, line: line, .strayQuote)
      }
    }
  }

  /// Moves what is left of the bytes to the front.
  private mutating func makeRoom() throws(CSVError) {
    guard end - start < InputLimits.tableLineBytes else {
      throw CSVError(file: path, line: nextLine, .notText)
    }
    for i in start..<end { bytes[i - start] = bytes[i] }
    (start, end) = (0, end - start)
  }

  private mutating func refill() throws(CSVError) {
    do throws(FileFault) {
      let count = try file.read(into: &bytes, from: end)
      end += count
      isAtEnd = count == 0
    } catch { throw CSVError(file: path, .unreadable(error)) }
  }
}

/// A walk over the fields of one record.
private struct FieldCursor {
  /// What a field ends at.
  enum Stop { case comma, newline, endOfBytes, strayQuote }

  /// Where the next field begins.
  var position: Int
  /// Where the bytes end.
  let end: Int
  /// What the last field ended at.
  var stop = Stop.comma
  /// How many ends of lines were passed.
  var lines = 0

  init(position: Int, end: Int) { (self.position, self.end) = (position, end) }

  /// The place of the next field's content.
  @inline(__always)
  mutating func take(from bytes: borrowing Span<UInt8>) -> Range<Int> {
    if position < end, bytes[position] == .quote { return takeQuoted(from: bytes) }
    let start = position
    var i = position
    while i < end, bytes[i] != .comma, bytes[i] != .newline { i += 1 }
    return close(start..<i, at: i, bytes)
  }

  private mutating func takeQuoted(from bytes: borrowing Span<UInt8>) -> Range<Int> {
    let start = position + 1
    var i = start
    while true {
      while i < end, bytes[i] != .quote {
        if bytes[i] == .newline { lines += 1 }
        i += 1
      }
      guard i < end else { return refuse(at: end) }
      guard i + 1 < end, bytes[i + 1] == .quote else { break }
      i += 2
    }
    var after = i + 1
    if after < end, bytes[after] == .carriageReturn { after += 1 }
    guard after == end || bytes[after] == .comma || bytes[after] == .newline else {
      return refuse(at: after)
    }
    _ = close(start..<after, at: after, bytes)
    return start..<i
  }

  private mutating func refuse(at place: Int) -> Range<Int> {
    (position, stop) = (place, .strayQuote)
    return place..<place
  }

  /// Notes what a field ends at, and takes the carriage return of a line's end off it.
  @inline(__always)
  private mutating func close(
    _ field: Range<Int>, at place: Int, _ bytes: borrowing Span<UInt8>
  ) -> Range<Int> {
    guard place < end else {
      (position, stop) = (place, .endOfBytes)
      return field
    }
    position = place + 1
    guard bytes[place] == .newline else {
      stop = .comma
      return field
    }
    stop = .newline
    lines += 1
    let hasReturn = !field.isEmpty && bytes[field.upperBound - 1] == .carriageReturn
    return hasReturn ? field.lowerBound..<field.upperBound - 1 : field
  }
}
