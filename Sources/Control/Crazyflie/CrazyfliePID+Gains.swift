package import SpatialMath

extension CrazyfliePID {
  /// What can be tuned of it, with angles in degrees and thrust in counts.
  package struct Gains: Sendable {
    /// Of the position, x along the heading, y to its left and z up: a velocity. [m, m/s]
    package var position = LoopGains.Axes(x: .init(2), y: .init(2), z: .init(2, 0.5))
    /// Of the velocity: pitch down, roll, and 1000 counts of thrust. [m/s, °, kilocounts]
    package var velocity = LoopGains.Axes(x: .init(25, 1), y: .init(25, 1), z: .init(25, 15))
    /// Of roll, pitch and yaw: a rate. [°, °/s]
    package var attitude = LoopGains.Axes(x: .init(6, 3), y: .init(6, 3), z: .init(6, 1, 0.35))
    /// Of the rates of roll, pitch and yaw: counts. [°/s, counts]
    package var rate = LoopGains.Axes(
      x: .init(250, 500, 2.5), y: .init(250, 500, 2.5), z: .init(120, 16.7))
    /// The highest velocity that a position asks for; a tenth more is let through. [m/s]
    package var fastest = Vector<World, Double>(1, 1, 1)
    /// The largest angles that a velocity asks for. [°]
    package var largestRoll = 20.0
    /// The largest angles that a velocity asks for. [°]
    package var largestPitch = 20.0
    /// The thrust that about holds a drone in the air. [counts]
    package var baseThrust = 36_000.0
    /// The least thrust in flight. [counts]
    package var leastThrust = 20_000.0

    /// Those of the firmware.
    package init() {}
  }
}
