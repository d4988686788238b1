public import Control
public import SpatialMath

/// Where a drone should fly: the kinds of reference that a scenario file knows.
public enum ReferenceSpecification: Sendable {
  /// A point to stay at. [m, rad]
  case hover(at: Vector<World, Double>, yaw: Double)
  /// A level circle. [m, m, s, rad, rad]
  case circle(
    center: Vector<World, Double>, radius: Double, period: Double, phase: Double, yaw: Double)
  /// A line there and back. [m, m, s, rad]
  case line(from: Vector<World, Double>, to: Vector<World, Double>, period: Double, yaw: Double)
  /// Points one after the other. [m, m/s, rad]
  case waypoints([Vector<World, Double>], speed: Double, loop: Bool, yaw: Double)
  /// Velocities one after the other. [m/s, s]
  case velocities([VelocityReference.Leg])
  /// Setpoints that a file gives.
  case csv(file: String, samples: [SampledReference.Sample])

  /// The reference itself.
  public var reference: any Reference {
    switch self {
    case .hover(let position, let yaw): HoverReference(at: position, yaw: yaw)
    case .circle(let center, let radius, let period, let phase, let yaw):
      CircleReference(center: center, radius: radius, period: period, phase: phase, yaw: yaw)
    case .line(let start, let end, let period, let yaw):
      LineReference(from: start, to: end, period: period, yaw: yaw)
    case .waypoints(let points, let speed, let loop, let yaw):
      SampledReference(through: points, speed: speed, yaw: yaw, loops: loop)
    case .velocities(let legs): VelocityReference(legs)
    case .csv(_, let samples): SampledReference(samples)
    }
  }
}

extension ReferenceSpecification: Encodable {
  private enum Kind: String, CodingKey {
    case hover, circle, line, waypoints, velocities, csv
  }

  private enum Key: String, CodingKey {
    case at, center, from, loop, period, phase, points, radius, speed, to, until, velocity, yaw
  }

  public func encode(to encoder: any Encoder) throws {
    var kinds = encoder.container(keyedBy: Kind.self)
    switch self {
    case .hover(let position, let yaw):
      var values = kinds.nestedContainer(keyedBy: Key.self, forKey: .hover)
      try values.encode(position.array, forKey: .at)
      try values.encode(yaw, forKey: .yaw)
    case .circle(let center, let radius, let period, let phase, let yaw):
      var values = kinds.nestedContainer(keyedBy: Key.self, forKey: .circle)
      try values.encode(center.array, forKey: .center)
      try values.encode(radius, forKey: .radius)
      try values.encode(period, forKey: .period)
      try values.encode(phase, forKey: .phase)
      try values.encode(yaw, forKey: .yaw)
    case .line(let start, let end, let period, let yaw):
      var values = kinds.nestedContainer(keyedBy: Key.self, forKey: .line)
      try values.encode(start.array, forKey: .from)
      try values.encode(end.array, forKey: .to)
      try values.encode(period, forKey: .period)
      try values.encode(yaw, forKey: .yaw)
    case .waypoints(let points, let speed, let loop, let yaw):
      var values = kinds.nestedContainer(keyedBy: Key.self, forKey: .waypoints)
      try values.encode(points.map(\.array), forKey: .points)
      try values.encode(speed, forKey: .speed)
      try values.encode(loop, forKey: .loop)
      try values.encode(yaw, forKey: .yaw)
    case .velocities(let legs):
      var list = kinds.nestedUnkeyedContainer(forKey: .velocities)
      for leg in legs {
        var values = list.nestedContainer(keyedBy: Key.self)
        try values.encode(leg.velocity.array, forKey: .velocity)
        // JSON has no infinity: the last leg, which has no end, says nothing of one.
        if leg.end.isFinite { try values.encode(leg.end, forKey: .until) }
      }
    case .csv(let file, _): try kinds.encode(file, forKey: .csv)
    }
  }
}
