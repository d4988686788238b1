/// One thing that is wrong with a scenario, and what to write in its place.
///
/// Its description is a single line, whatever the file holds:
///
///     circle.yaml:7: drones[0].modle: unknown key; did you mean "model"?
///     circle.yaml:3: rates.physics: -240 is out of range; expected a positive number of Hz
package struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Where the value stands.
  package var location: SourceLocation
  /// The keys that lead to the value, such as `drones[1].model`; empty for the file as a whole.
  package var keyPath: String
  /// The value as it was written, shortened and made printable.
  package var value: String?
  /// What is wrong, as the rest of a sentence that begins with the value.
  package var problem: String
  /// What would have been right.
  package var expected: String?
  /// The valid word that is nearest to the one that was written.
  package var suggestion: String?

  /// An error at a place.
  init(
    at location: SourceLocation, keyPath: String = "", value: String? = nil, _ problem: String,
    expected: String? = nil, suggestion: String? = nil
  ) {
    self.location = location
    self.keyPath = keyPath
    self.value = value
    self.problem = problem
    self.expected = expected
    self.suggestion = suggestion
  }

  /// The whole of it on one line.
  package var description: String {
    var line = "\(location): "
    if !keyPath.isEmpty { line += "\(keyPath): " }
    if let value { line += "\(value) " }
    line += problem
    if let expected { line += "; expected \(expected)" }
    if let suggestion { line += "; did you mean \"\(suggestion)\"?" }
    return line
  }
}

/// All that is wrong with a scenario; the first 20 errors in full.
public struct InvalidConfiguration: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, in the order of the file; never empty.
  package var errors: [ConfigurationError]
  /// How many more errors there are.
  package var omittedCount: Int

  /// The errors found in a scenario.
  init(_ errors: [ConfigurationError], omittedCount: Int = 0) {
    self.errors = errors
    self.omittedCount = omittedCount
  }

  /// One error that keeps the rest from being read.
  init(
    at location: SourceLocation, keyPath: String = "", value: String? = nil, _ problem: String,
    expected: String? = nil
  ) {
    self.init([
      ConfigurationError(
        at: location, keyPath: keyPath, value: value, problem, expected: expected)
    ])
  }

  /// The errors, a line each.
  public var description: String {
    let lines = errors.map(\.description)
    return (omittedCount > 0 ? lines + ["and \(omittedCount) more"] : lines)
      .joined(separator: "\n")
  }
}
