/// Rows of words in columns that line up, numbers to the right.
struct TextTable {
  private var rows: [[String]]

  /// A table with a header.
  init(_ header: [String]) { rows = [header] }

  /// Adds a row.
  mutating func append(_ row: [String]) { rows.append(row) }

  /// The table, a line a row.
  var text: String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let isNumeric = rows[0].indices.map { column in
      rows.dropFirst().allSatisfy { $0[column].first.map { $0.isNumber || $0 == "–" } ?? true }
    }
    return rows.map { row in
      let cells = row.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - row[column].count)
        return isNumeric[column] ? space + row[column] : row[column] + space
      }
      let line = cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }.joined(separator: "\n")
  }
}
