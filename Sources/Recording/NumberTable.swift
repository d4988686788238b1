/// The columns of numbers of a CSV file, whatever they are called.
///
/// Pictures and learning curves are made from files of any origin: here an empty cell, `nan` and
/// `inf` are gaps, and a column with other words in it is left out. Simulations read their input
/// with ``TrajectoryTable``, which lets no gap pass.
package struct NumberTable: Sendable {
  /// The path of the file, as it was given.
  package let path: String
  /// The names of the columns of numbers, in the file's order.
  package let names: [String]
  /// The number of rows under the header. [–]
  package let rowCount: Int

  private let columns: [String: [Double]]

  /// Reads a file.
  ///
  /// - Parameter path: The file's path.
  /// - Throws: What is wrong with the file, and where.
  package init(contentsOf path: String) throws(CSVError) {
    var reader = try CSVReader(path)
    guard try reader.advance() else { throw CSVError(file: path, .empty) }
    let header = try CSVHeader(reader)
    var columns = header.names.map { GappyColumn(isWanted: !$0.isEmpty) }
    var rowCount = 0
    while try reader.advance() {
      guard reader.fields.count == columns.count else {
        throw CSVError(
          file: path, line: reader.line,
          .fieldCount(reader.fields.count, expected: columns.count))
      }
      for i in columns.indices { columns[i].append(reader.fields[i], of: reader.bytes) }
      rowCount += 1
      try reader.checkCount(rowCount * columns.count)
    }
    let numeric = zip(header.names, columns).filter { $0.1.isWanted }
    names = numeric.map(\.0)
    self.columns = Dictionary(uniqueKeysWithValues: numeric.map { ($0.0, $0.1.values) })
    (self.path, self.rowCount) = (path, rowCount)
  }

  /// The numbers of a column, NaN in its gaps, if the file has one of that name.
  package subscript(name: String) -> [Double]? { columns[name] }
}

/// A column that is dropped when a word turns up in it.
private struct GappyColumn {
  var values: [Double] = []
  var isWanted: Bool

  init(isWanted: Bool) { self.isWanted = isWanted }

  mutating func append(_ field: Range<Int>, of bytes: [UInt8]) {
    guard isWanted else { return }
    var place = field
    while let first = place.first, bytes[first].isBlank { place.removeFirst() }
    while let last = place.last, bytes[last].isBlank { place.removeLast() }
    if place.isEmpty {
      values.append(.nan)
    } else if let number = DecimalReader.number(in: bytes.span, place) {
      values.append(number.isFinite ? number : .nan)
    } else if Double(excerpt(bytes[place])) != nil {
      values.append(.nan)
    } else {
      (isWanted, values) = (false, [])
    }
  }
}
