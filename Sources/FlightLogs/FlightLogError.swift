/// Why a flight log cannot be used, in one line that begins with its path.
package struct FlightLogError: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String

  /// An error with its explanation.
  package init(_ description: String) { self.description = description }
}
