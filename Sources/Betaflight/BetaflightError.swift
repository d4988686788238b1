/// The firmware did not start, or does not answer.
struct BetaflightError: Error, CustomStringConvertible {
  /// What is in the way.
  let description: String

  init(_ description: String) { self.description = description }
}
