import Files

/// Columns of numbers out of a CSV file, by name.
///
/// The file's columns may stand in any order, and among others, which are not looked at. Numbers are
/// finite; spaces around them and around names do not count.
package struct TrajectoryTable: Sendable {
  /// The cells of a column that may be empty.
  package struct Cells: RandomAccessCollection, Sendable {
    /// The numbers, with NaN, which no file can bring in, where a cell is empty.
    let marked: [Double]

    package var startIndex: Int { 0 }
    package var endIndex: Int { marked.count }
    /// The number in a row, if there is one.
    package subscript(row: Int) -> Double? { marked[row].isNaN ? nil : marked[row] }
  }

  /// The path of the file, as it was given.
  package let path: String
  /// The number of rows under the header. [–]
  package let rowCount: Int

  private let required: [String: [Double]]
  private let optional: [String: Cells]
  private let lines: RowLines

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - required: The columns that must be there, with a number in every row.
  ///   - optional: The columns that may be missing, or have empty cells.
  /// - Throws: What is wrong with the file, and where.
  package init(
    contentsOf path: String, required: [String], optional: [String] = []
  ) throws(CSVError) {
    var reader = try CSVReader(path)
    guard try reader.advance() else { throw CSVError(file: path, .empty) }
    let header = try CSVHeader(reader)
    let fields = try header.fields(required: required, optional: optional)

    var columns = [[Double]](repeating: [], count: fields.count)
    var lines = RowLines()
    var rowCount = 0
    while try reader.advance() {
      try reader.takeNumbers(fields, of: header.names.count, into: &columns)
      lines.note(reader.line, ofRow: rowCount)
      rowCount += 1
      try reader.checkCount(rowCount * fields.count)
    }
    (self.path, self.rowCount, self.lines) = (path, rowCount, lines)
    let named = zip(fields, columns)
    self.required = Dictionary(
      uniqueKeysWithValues: named.filter { !$0.0.mayBeEmpty }.map { ($0.0.name, $0.1) })
    self.optional = Dictionary(
      uniqueKeysWithValues: named.filter { $0.0.mayBeEmpty }.map {
        ($0.0.name, Cells(marked: $0.1))
      })
  }

  /// The numbers of a required column.
  package subscript(name: String) -> [Double] {
    guard let column = required[name] else {
      preconditionFailure("column \"\(name)\" was not among the required ones")
    }
    return column
  }

  /// The cells of an optional column, if the file has it.
  package func cells(_ name: String) -> Cells? { optional[name] }

  /// The line of the file that a row begins in, from 1.
  package func line(ofRow row: Int) -> Int { lines.line(ofRow: row) }
}

/// The lines that rows begin in, kept where they are not one after the other.
private struct RowLines: Sendable {
  /// The first row of every stretch of rows on successive lines, and its line.
  private var stretches: [(row: Int, line: Int)] = []

  mutating func note(_ line: Int, ofRow row: Int) {
    if let last = stretches.last, line - row == last.line - last.row { return }
    stretches.append((row, line))
  }

  func line(ofRow row: Int) -> Int {
    guard let stretch = stretches.last(where: { $0.row <= row }) else { return row + 2 }
    return stretch.line + row - stretch.row
  }
}

extension CSVReader {
  /// Refuses to go on where so many numbers have been read that memory may not hold them.
  func checkCount(_ numbers: Int) throws(CSVError) {
    guard numbers <= InputLimits.tableNumbers else {
      throw CSVError(file: path, line: line, .tooManyNumbers)
    }
  }

  /// Appends the numbers of the current record to their columns.
  fileprivate mutating func takeNumbers(
    _ wanted: [CSVHeader.Field], of count: Int, into columns: inout [[Double]]
  ) throws(CSVError) {
    guard fields.count == count else {
      throw CSVError(file: path, line: line, .fieldCount(fields.count, expected: count))
    }
    for i in wanted.indices {
      let place = trimmed(wanted[i].index)
      if place.isEmpty, wanted[i].mayBeEmpty {
        columns[i].append(.nan)
      } else if let number = DecimalReader.number(in: bytes.span, place), number.isFinite {
        columns[i].append(number)
      } else {
        throw notANumber(place, column: wanted[i].name)
      }
    }
  }

  /// Where a field of the current record is, without the spaces around it.
  private func trimmed(_ field: Int) -> Range<Int> {
    var place = fields[field]
    while let first = place.first, bytes[first].isBlank { place.removeFirst() }
    while let last = place.last, bytes[last].isBlank { place.removeLast() }
    return place
  }

  private func notANumber(_ place: Range<Int>, column: String) -> CSVError {
    let text = excerpt(bytes[place])
    // "nan", "inf" and numbers beyond the range are numbers to the standard library, not to us.
    let expected = Double(text) == nil ? "a number" : "a finite number"
    return CSVError(file: path, line: line, column: column, .value(text, expected: expected))
  }
}
