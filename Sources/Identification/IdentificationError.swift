/// Why something cannot be told of a model or from logs.
package struct IdentificationError: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String

  /// An error with its explanation.
  package init(_ description: String) { self.description = description }
}
