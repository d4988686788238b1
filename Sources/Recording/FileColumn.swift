/// A column of a table that scenarios name, explained.
package struct FileColumn: Sendable {
  /// What it is called in the first line.
  package let name: String
  /// What it holds.
  package let summary: String
  /// The unit of its numbers.
  package let unit: String
  /// Whether a file may be without it.
  package let isOptional: Bool

  /// A column.
  package init(_ name: String, _ summary: String, unit: String, isOptional: Bool = false) {
    (self.name, self.summary, self.unit, self.isOptional) = (name, summary, unit, isOptional)
  }
}
