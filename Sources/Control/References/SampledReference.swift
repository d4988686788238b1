package import SpatialMath

/// Setpoints at given times, with straight lines between them; before the first and after the last it
/// stays at that point, or starts again.
package struct SampledReference: Reference {
  /// The setpoint at one time.
  package struct Sample: Sendable, Equatable {
    /// When. [s]
    package var time: Double
    /// Where the drone should be.
    package var setpoint: Setpoint

    /// A setpoint at a time. [s]
    package init(time: Double, setpoint: Setpoint) {
      (self.time, self.setpoint) = (time, setpoint)
    }
  }

  private let samples: [Sample]
  private let loops: Bool
  /// Whether its setpoints have the acceleration with which the path bends.
  package var isLed = false

  /// The setpoints, at least one, in strictly increasing time.
  ///
  /// - Parameters:
  ///   - samples: The setpoints.
  ///   - loops: Whether it starts again after the last.
  package init(_ samples: [Sample], loops: Bool = false) {
    precondition(!samples.isEmpty, "a reference needs a setpoint")
    precondition(
      zip(samples, samples.dropFirst()).allSatisfy { $0.time < $1.time },
      "setpoints stand in strictly increasing time")
    (self.samples, self.loops) = (samples, loops)
  }

  /// Flies from point to point at constant speed, and stays at the last or starts again; `nil` where
  /// the times or velocities of the legs are not finite, or the times do not increase.
  ///
  /// - Parameters:
  ///   - points: The points, no two neighbours alike. [m]
  ///   - speed: The speed between them. [m/s]
  ///   - yaw: The heading. [rad]
  ///   - yaws: The heading at each point, in the place of one for all; it turns the short way from one to
  ///     the next. [rad]
  ///   - loops: Whether it flies back to the first point and starts again.
  package init?(
    through points: [Vector<World, Double>], speed: Double, yaw: Double = 0, yaws: [Double] = [],
    loops: Bool = false
  ) {
    precondition(yaws.isEmpty || yaws.count == points.count, "a heading for each point")
    var samples: [Sample] = []
    var time = 0.0
    let path = loops ? points + points.prefix(1) : points
    let headings = (loops ? yaws + yaws.prefix(1) : yaws).theShortWay
    for (index, point) in path.enumerated() {
      var velocity = Vector<World, Double>.zero
      if index > 0 { time += (point - path[index - 1]).norm / speed }
      if index + 1 < path.count {
        let segment = path[index + 1] - point
        velocity = (speed / segment.norm) * segment
      }
      let heading = headings.isEmpty ? yaw : headings[index]
      samples.append(
        Sample(time: time, setpoint: Setpoint(position: point, velocity: velocity, yaw: heading)))
    }
    let isFlyable =
      samples.allSatisfy { $0.time.isFinite && $0.setpoint.velocity.isFinite }
      && zip(samples, samples.dropFirst()).allSatisfy { $0.time < $1.time }
    guard isFlyable else { return nil }
    self.init(samples, loops: loops)
  }

  /// When the first setpoint and the last are reached. [s]
  package var times: ClosedRange<Double> { samples[0].time...samples[samples.count - 1].time }

  package var duration: Double? { loops ? nil : samples.last?.time }

  package func setpoint(at time: Double) -> Setpoint {
    var setpoint = sample(at: time)
    if isLed { setpoint.acceleration = bend(at: time) }
    return setpoint
  }

  /// The setpoint on the line between two samples.
  func sample(at time: Double) -> Setpoint {
    let (first, last) = (samples[0], samples[samples.count - 1])
    let span = last.time - first.time
    var t = time
    if loops, span > 0 {
      t = first.time + (time - first.time).truncatingRemainder(dividingBy: span)
      if t < first.time { t += span }
    }
    if t <= first.time { return first.setpoint }
    if t >= last.time {
      return Setpoint(position: last.setpoint.position, yaw: last.setpoint.yaw)
    }
    return interpolate(at: t)
  }

  private func interpolate(at time: Double) -> Setpoint {
    var (low, high) = (0, samples.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if samples[middle].time <= time { low = middle } else { high = middle }
    }
    let (a, b) = (samples[low], samples[high])
    let share = (time - a.time) / (b.time - a.time)
    let segment = b.setpoint.position - a.setpoint.position
    let turn = b.setpoint.yaw - a.setpoint.yaw
    return Setpoint(
      position: a.setpoint.position + share * segment,
      velocity: (1 / (b.time - a.time)) * segment, yaw: a.setpoint.yaw + share * turn,
      yawRate: turn / (b.time - a.time))
  }
}
