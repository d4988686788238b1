/// Why a flight cannot start or go on.
public struct FlightError: Error, Sendable, CustomStringConvertible {
  /// What is in the way.
  public var description: String

  /// An error with its explanation.
  package init(_ description: String) { self.description = description }
}
