package import SpatialMath

/// Another reference with a heading of its own: its yaw and the rate of that are replaced.
package struct HeadedReference: Reference {
  /// Where the nose points.
  package enum Heading: Sendable, Equatable {
    /// Where the path leads: the drone flies nose first.
    case alongPath
    /// At a point, which may be above or below. [m]
    case toward(Vector<World, Double>)
    /// It turns steadily, from the heading of the other reference. [rad/s]
    case turning(rate: Double)
  }

  private let base: any Reference
  private let heading: Heading

  /// Half of the time over which a path's direction is taken: corners are rounded within it. [s]
  private static let reach = 0.1
  /// What counts as no way at all. [m]
  private static let smallest = 1e-6

  /// A reference with another heading.
  package init(_ base: any Reference, heading: Heading) {
    (self.base, self.heading) = (base, heading)
  }

  package var hasPosition: Bool { base.hasPosition }
  package var duration: Double? { base.duration }

  package func setpoint(at time: Double) -> Setpoint {
    var setpoint = base.setpoint(at: time)
    switch heading {
    case .alongPath:
      if let way = way(at: time) {
        setpoint.face(along: way.way, turning: way.change)
      } else if let rest = way(at: endOfRest(around: time)) {
        setpoint.face(along: rest.way, turning: .zero)
      }
    case .toward(let point):
      let way = point - setpoint.position
      if Self.isLong(way) { setpoint.face(along: way, turning: -setpoint.velocity) }
    case .turning(let rate):
      setpoint.yaw += rate * time
      setpoint.yawRate += rate
    }
    return setpoint
  }

  /// Whether there is any way on the level for a nose to point along.
  package var hasWay: Bool { way(at: endOfRest(around: 0)) != nil }

  /// The way around a time and how it changes, d = p(t + h) − p(t − h); `nil` where there is none. [m, m/s]
  private func way(
    at time: Double
  ) -> (way: Vector<World, Double>, change: Vector<World, Double>)? {
    // What has ended keeps the direction that it had then.
    let end = base.duration ?? .infinity
    let t = min(time, end)
    let (before, after) = (base.setpoint(at: t - Self.reach), base.setpoint(at: t + Self.reach))
    let way = base.hasPosition ? after.position - before.position : after.velocity
    guard Self.isLong(way) else { return nil }
    let isSteady = !base.hasPosition || time > end
    return (way, isSteady ? .zero : after.velocity - before.velocity)
  }

  private static func isLong(_ way: Vector<World, Double>) -> Bool {
    way.x * way.x + way.y * way.y > smallest * smallest
  }

  /// When the rest around a time began, or where it has no beginning, when it ends. [s]
  private func endOfRest(around time: Double) -> Double {
    let here = base.setpoint(at: time)
    func isElsewhere(_ time: Double) -> Bool {
      let there = base.setpoint(at: time)
      return Self.isLong(base.hasPosition ? there.position - here.position : there.velocity)
    }
    for direction in [-1.0, 1] {
      var (near, far) = (0.0, Self.reach)
      while far < 2e6, !isElsewhere(time + direction * far) { (near, far) = (far, 2 * far) }
      guard far < 2e6 else { continue }
      for _ in 0..<60 {
        let middle = 0.5 * (near + far)
        if isElsewhere(time + direction * middle) { far = middle } else { near = middle }
      }
      return time + direction * far
    }
    return time
  }
}

extension Setpoint {
  /// Turns the nose along a way on the level, which itself changes at some rate. [m, m/s]
  ///
  ///     ψ = atan2(d_y, d_x),     ψ̇ = (d_x ḋ_y − d_y ḋ_x) / (d_x² + d_y²)
  fileprivate mutating func face(
    along d: Vector<World, Double>, turning change: Vector<World, Double>
  ) {
    yaw = .arcTangent(y: d.y, x: d.x)
    yawRate = (d.x * change.y - d.y * change.x) / (d.x * d.x + d.y * d.y)
  }
}
