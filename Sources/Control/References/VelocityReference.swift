import Parameters
package import SpatialMath

/// Velocities to hold, one after the other; the last one to the end.
package struct VelocityReference: Reference {
  /// A velocity until some time.
  package struct Segment: Sendable, Equatable {
    /// When the next velocity begins. [s]
    package var end: Double
    /// The velocity to hold. [m/s]
    package var velocity: Vector<World, Double>

    /// A velocity until a time. [m/s, s]
    package init(until end: Double, velocity: Vector<World, Double>) {
      (self.end, self.velocity) = (end, velocity)
    }
  }

  private let segments: [Segment]

  /// The velocities, at least one, in strictly increasing time.
  package init(_ segments: [Segment]) {
    precondition(!segments.isEmpty, "a reference needs a velocity")
    self.segments = segments
  }

  package var hasPosition: Bool { false }

  package func setpoint(at time: Double) -> Setpoint {
    // Half a nanosecond early: the sum of many periods falls a rounding short of the time it means.
    let segment = segments.first { time < $0.end - 5e-10 } ?? segments[segments.count - 1]
    return Setpoint(velocity: segment.velocity)
  }
}

extension VelocityReference {
  static let entry = ReferenceCatalogue.Entry(
    name: "velocities", summary: "velocities to hold, for a controller of velocities",
    value: .list(
      "velocities", "the velocities, one after the other",
      of: .vector("velocity", "the velocity to hold", unit: "m/s"),
      .number(
        "until", "when the next one begins; without it the velocity is held to the end", unit: "s",
        in: .positive, default: .infinity),
      count: 1...1_000_000
    ) { velocity, end in Segment(until: end, velocity: velocity) }
  ) { (segments) throws(ParameterError) in
    let ends = [0] + segments.map(\.end)
    if let late = segments.indices.first(where: { ends[$0 + 1] <= ends[$0] }) {
      throw ParameterError(
        "does not come after the one before", of: "until", inElement: late,
        expected: "later times")
    }
    return VelocityReference(segments)
  }
}
