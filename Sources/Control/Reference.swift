/// A path through space and time for a drone to follow.
///
/// A pure function of time: asking twice, or out of order, changes nothing.
public protocol Reference: Sendable {
  /// Where the drone should be at a time.
  ///
  /// - Parameter time: The time since the start of the flight. [s]
  /// - Returns: The setpoint.
  func setpoint(at time: Double) -> Setpoint

  /// Whether positions are asked for; `false` where only velocities are.
  var hasPosition: Bool { get }

  /// How long the reference lasts, or `nil` where it has no end. [s]
  var duration: Double? { get }
}

extension Reference {
  public var hasPosition: Bool { true }
  public var duration: Double? { nil }
}
