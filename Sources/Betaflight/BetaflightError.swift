/// The firmware did not start, or does not answer.
struct BetaflightError: Error, CustomStringConvertible {
  /// What is in the way.
  let description: String

  init(_ description: String) { self.description = description }
}

extension BetaflightError {
  /// A program ended before it could be spoken to.
  static func endedEarly(_ path: String) -> Self {
    Self("\(path) ended as it began; expected the SITL of Betaflight 4.6")
  }
}
