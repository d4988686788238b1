import Files
import Spelling

/// The names of a file's columns.
struct CSVHeader {
  /// A column to read.
  struct Field {
    /// Its name.
    let name: String
    /// Which field of a record it is.
    let index: Int
    /// Whether its cells may be empty.
    let mayBeEmpty: Bool
  }

  /// The names, in the file's order.
  let names: [String]

  private let path: String
  private let line: Int
  private let indices: [String: Int]

  /// The header that a reader is at.
  init(_ reader: borrowing CSVReader) throws(CSVError) {
    (path, line) = (reader.path, reader.line)
    let count = reader.fields.count
    guard count <= InputLimits.tableColumns else {
      throw CSVError(file: path, line: line, .tooManyColumns(count))
    }
    try Self.checkSeparator(reader)
    var names: [String] = []
    var indices: [String: Int] = [:]
    for field in reader.fields.indices {
      let name = try reader.text(field).trimmingBlanks()
      guard name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f }) else {
        throw CSVError(file: path, line: line, .notText)
      }
      names.append(name)
      // Columns without a name may be many: they cannot be asked for.
      guard indices.updateValue(field, forKey: name) == nil || name.isEmpty else {
        throw CSVError(file: path, line: line, column: name, .duplicateColumn)
      }
    }
    (self.names, self.indices) = (names, indices)
  }

  /// Refuses fields between tabs and the like, and a first line of numbers, by their own names.
  private static func checkSeparator(_ reader: borrowing CSVReader) throws(CSVError) {
    let fields = reader.fields
    if fields.count == 1 {
      let separators: [(UInt8, String)] = [
        (UInt8(ascii: "\t"), "tabs"), (UInt8(ascii: ";"), "semicolons"),
        (UInt8(ascii: "|"), "vertical bars"),
      ]
      for (byte, name) in separators where reader.bytes[fields[0]].contains(byte) {
        throw CSVError(file: reader.path, line: reader.line, .separator(name))
      }
    }
    let bytes = reader.bytes.span
    let isNumeric = fields.allSatisfy { DecimalReader.number(in: bytes, $0) != nil }
    if isNumeric { throw CSVError(file: reader.path, line: reader.line, .noHeader) }
  }

  /// The columns to read; all required ones must be there.
  func fields(required: [String], optional: [String]) throws(CSVError) -> [Field] {
    var fields: [Field] = []
    var missing: [String] = []
    for name in unique(required) {
      if let index = indices[name] {
        fields.append(Field(name: name, index: index, mayBeEmpty: false))
      } else {
        missing.append(name)
      }
    }
    guard missing.isEmpty else {
      let known = Set(required + optional)
      let candidates = names.filter { !known.contains($0) }
      let columns = missing.map {
        CSVError.MissingColumn(name: $0, nearest: nearestWord(to: $0, among: candidates))
      }
      throw CSVError(file: path, line: line, .missingColumns(columns))
    }
    for name in unique(optional) where !required.contains(name) {
      guard let index = indices[name] else { continue }
      fields.append(Field(name: name, index: index, mayBeEmpty: true))
    }
    return fields
  }

  private func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}

extension String {
  /// The string without the spaces and tabs around it.
  fileprivate func trimmingBlanks() -> String {
    guard let first = utf8.firstIndex(where: { !$0.isBlank }),
      let last = utf8.lastIndex(where: { !$0.isBlank })
    else { return "" }
    return String(self[first...last])
  }
}
