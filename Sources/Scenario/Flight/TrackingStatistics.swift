import SpatialMath

/// How well one drone did.
public struct TrackingStatistics: Sendable, Encodable {
  /// The root of the mean square distance from the reference; `nil` without one, and infinite where the
  /// square of a distance is more than a number can hold. [m]
  public var rmse: Double? {
    count > 0 ? (sumOfSquares / Double(count)).squareRoot() : nil
  }
  /// The largest distance from the reference; `nil` without one. [m]
  public var largestError: Double? { count > 0 ? largest : nil }
  /// The control periods in which the drone touched something. [–]
  public private(set) var contacts = 0

  /// Whether the drone was so far from its reference that the square of the distance is infinite.
  package var isBeyondNumbers: Bool { !sumOfSquares.isFinite }
  /// The largest turn in a physics step, at a command. [rad]
  package private(set) var largestTurn = 0.0
  /// The turn in the first step. [rad]
  package private(set) var firstTurn: Double?

  private var sumOfSquares = 0.0
  private var largest = 0.0
  private var count = 0

  init() {}

  /// Counts one instant.
  mutating func add(distance: Double?, isTouching: Bool, turn: Double) {
    firstTurn = firstTurn ?? turn
    largestTurn = max(largestTurn, turn)
    if isTouching { contacts += 1 }
    guard let distance else { return }
    sumOfSquares += distance * distance
    largest = max(largest, distance)
    count += 1
  }

  private enum Key: String, CodingKey {
    case rmse, largestError, contacts
    case isBeyondNumbers = "beyondNumbers"
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    // JSON has no infinity: what is too large for a number is left out, and said.
    try container.encodeIfPresent(rmse.flatMap(\.ifFinite), forKey: .rmse)
    try container.encodeIfPresent(largestError.flatMap(\.ifFinite), forKey: .largestError)
    if isBeyondNumbers { try container.encode(true, forKey: .isBeyondNumbers) }
    try container.encode(contacts, forKey: .contacts)
  }
}

extension Double {
  fileprivate var ifFinite: Double? { isFinite ? self : nil }
}
