/// The errors found so far in a scenario.
///
/// It is a class, since the readers of all parts of a scenario report to the same one.
package final class Diagnostics {
  private var errors: [ConfigurationError] = []
  private var omittedCount = 0
  /// What to change in a scenario that is still read as it is, a line each.
  private(set) var notes: [String] = []
  private static let limit = 20

  /// What notes the keys, where there is no file to read.
  let outline: KeyOutline?

  /// Whether there are any; or there is no file, of which nothing can be made.
  var hasErrors: Bool { !errors.isEmpty || outline != nil }

  /// A collection of no errors.
  package convenience init() { self.init(outline: nil) }

  init(outline: KeyOutline?) { self.outline = outline }

  /// Keeps an error, or counts it where there are too many to be read.
  func report(_ error: @autoclosure () -> ConfigurationError) {
    guard outline == nil else { return }
    if errors.count < Self.limit {
      errors.append(error())
    } else {
      omittedCount += 1
    }
  }

  /// Keeps a note, unless it is there already or there are too many to be read.
  func note(_ line: String) {
    if notes.count < Self.limit, !notes.contains(line) { notes.append(line) }
  }

  /// Throws the errors, in the order of their lines, if there are any.
  package func check() throws(InvalidConfiguration) {
    guard !errors.isEmpty else { return }
    let ordered = errors.enumerated().sorted {
      ($0.element.location.line ?? .max, $0.offset) < ($1.element.location.line ?? .max, $1.offset)
    }
    throw InvalidConfiguration(ordered.map(\.element), omittedCount: omittedCount)
  }
}
