package import Files

/// What is wrong with a file of columns, and where.
package struct CSVError: Error, Hashable, Sendable {
  /// What can be wrong.
  package enum Problem: Hashable, Sendable {
    /// The file cannot be read.
    case unreadable(FileFault)
    /// There is nothing in the file.
    case empty
    /// There is a header, and no row below it.
    case noRows
    /// The first line holds numbers alone, no names of columns.
    case noHeader
    /// Something else than commas stands between the fields: what, in words.
    case separator(String)
    /// The rows of several drones, this many, stand where those of one should.
    case severalDrones(Int)
    /// Another file shares no rows with it, or no columns.
    case nothingToCompare
    /// It is not UTF-8 text with lines of reasonable length.
    case notText
    /// It has this many columns, which are too many.
    case tooManyColumns(Int)
    /// It has too many numbers to be kept.
    case tooManyNumbers
    /// The header lacks columns; each with the nearest name that it has, if one is near.
    case missingColumns([MissingColumn])
    /// The header names a column twice.
    case duplicateColumn
    /// A row has more or fewer fields than the header.
    case fieldCount(Int, expected: Int)
    /// A quote is never closed, or followed by more than a comma.
    case strayQuote
    /// A field holds something else than it should; long or odd text is shortened and escaped.
    case value(String, expected: String)
    /// A row, of a drone at a time [s], has no counterpart in another file.
    case unmatched(drone: Int, time: Double, other: String)
    /// A drone that another file has is missing.
    case missingDrone(Int, other: String)
  }

  /// A column that a file lacks.
  package struct MissingColumn: Hashable, Sendable {
    /// The column's name.
    package let name: String
    /// A column of the file whose name is much like it.
    package let nearest: String?

    /// The column of this name.
    package init(name: String, nearest: String? = nil) {
      (self.name, self.nearest) = (name, nearest)
    }
  }

  /// The path of the file, as it was given.
  package let file: String
  /// The line, from 1.
  package let line: Int?
  /// The column's name.
  package let column: String?
  /// What is wrong.
  package let problem: Problem

  /// The error of a problem at a place.
  package init(file: String, line: Int? = nil, column: String? = nil, _ problem: Problem) {
    (self.file, self.line, self.column, self.problem) = (file, line, column, problem)
  }
}

extension CSVError: CustomStringConvertible {
  /// The error in one line, such as `flight.csv:17: column "rpm2": "abc" is not a number`.
  package var description: String {
    var place = file
    if let line { place += ":\(line)" }
    if let column { place += ": column \(quotedExcerpt(column))" }
    return "\(place): \(problem)"
  }
}

extension CSVError.Problem: CustomStringConvertible {
  /// The problem, without its place.
  package var description: String {
    switch self {
    case .unreadable(let fault): fault.description
    case .empty: "the file is empty; a header with the columns' names is missing"
    case .noRows: "there is no row below the header"
    case .noHeader:
      "the first line holds numbers; expected a header with the columns' names, such as t,x,y,z"
    case .separator(let name): "\(name) stand between the fields; expected commas"
    case .severalDrones(let count):
      "it holds the rows of \(count) drones; expected those of one: leave out the others"
    case .nothingToCompare: "there are no rows or no columns to compare"
    case .notText: "not a CSV file: not UTF-8 text in lines of at most 1 MiB"
    case .tooManyColumns(let count):
      "\(count) columns; expected at most \(InputLimits.tableColumns)"
    case .tooManyNumbers:
      "more than \(InputLimits.tableNumbers) numbers up to here; expected a shorter file"
    case .missingColumns(let columns):
      (columns.count == 1 ? "there is no column " : "there are no columns ")
        + columns.map(\.description).joined(separator: ", ")
    case .duplicateColumn: "the column is named twice"
    case .fieldCount(let count, let expected):
      "\(count) \(count == 1 ? "field" : "fields"), where the header has \(expected)"
    case .strayQuote: "a quote is never closed, or closed in the middle of a field"
    case .value(let value, let expected): "\"\(value)\" is not \(expected)"
    case .unmatched(let drone, let time, let other):
      "drone \(drone) at t = \(time) s has no row at that time in \(other)"
    case .missingDrone(let drone, let other): "there is no drone \(drone), but there is in \(other)"
    }
  }
}

extension CSVError.MissingColumn: CustomStringConvertible {
  /// The name, and what may have been meant.
  package var description: String {
    guard let nearest else { return "\"\(name)\"" }
    return "\"\(name)\" (is \(quotedExcerpt(nearest)) meant?)"
  }
}
