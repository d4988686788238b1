public import SpatialMath

/// Velocities to hold, one after the other; the last one to the end.
public struct VelocityReference: Reference {
  /// A velocity until some time.
  public struct Leg: Sendable, Equatable {
    /// When the next velocity begins. [s]
    public var end: Double
    /// The velocity to hold. [m/s]
    public var velocity: Vector<World, Double>

    /// A velocity until a time. [m/s, s]
    public init(until end: Double, velocity: Vector<World, Double>) {
      (self.end, self.velocity) = (end, velocity)
    }
  }

  private let legs: [Leg]

  /// The velocities, at least one, in strictly increasing time.
  public init(_ legs: [Leg]) {
    precondition(!legs.isEmpty, "a reference needs a velocity")
    self.legs = legs
  }

  public var hasPosition: Bool { false }

  public func setpoint(at time: Double) -> Setpoint {
    // Half a nanosecond early: the sum of many periods falls a rounding short of the time it means.
    let leg = legs.first { time < $0.end - 5e-10 } ?? legs[legs.count - 1]
    return Setpoint(velocity: leg.velocity)
  }
}
