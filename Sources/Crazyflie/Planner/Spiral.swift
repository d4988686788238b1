package import Control
import SpatialMath

/// A part of a spiral about a vertical axis, flown forwards or sideways.
///
/// With the angle φ(t) = φ₀ + ω t, the radius r(t) = r₀ + ṙ t and the unit vector u(φ) that points from the
/// axis to the drone,
///
///     p = c + r u,   v = ṙ u + r ω u′,   a = 2 ṙ ω u′ − r ω² u
///
/// at both ends, with the climb beside it; between them is a polynomial of degree 7.
package struct Spiral: Sendable {
  /// Whether the drone looks away from the axis or towards it, rather than along the spiral.
  package var isSideways: Bool
  package var isClockwise: Bool
  /// How far round, within a full turn. [rad]
  package var angle: Double
  /// The radius at the start and at the end, 0 or more. [m]
  package var radii: (first: Double, last: Double)
  /// The climb. [m]
  package var ascent: Double
  /// How long it takes. [s]
  package var duration: Double

  /// A part of a spiral. [rad, m, m, s]
  package init(
    isSideways: Bool, isClockwise: Bool, angle: Double, radii: (first: Double, last: Double),
    ascent: Double, duration: Double
  ) {
    (self.isSideways, self.isClockwise) = (isSideways, isClockwise)
    (self.angle, self.radii) = (angle, radii)
    (self.ascent, self.duration) = (ascent, duration)
  }

  /// The piece that goes round from a place.
  package func piece(from place: Setpoint) -> TrajectoryPiece {
    let sense = isClockwise ? 1.0 : -1
    let turn = angle.clamped(from: -2 * .pi, to: 2 * .pi)
    let (first, last) = (max(0, radii.first), max(0, radii.last))
    let time = max(duration, 1e-3)
    let rate = -sense * turn / time
    // Clockwise, the axis is to the right of a drone that flies forwards, and ahead of one sideways.
    let heading = isSideways ? place.yaw : place.yaw - .pi / 2
    let growth = (last - first) / time

    func end(_ progress: Double, radius: Double) -> Setpoint {
      let (sine, cosine) = (heading + rate * time * progress).sineAndCosine()
      let out = -sense * Vector<World, Double>(cosine, sine, 0)
      let along = -sense * Vector<World, Double>(-sine, cosine, 0)
      return Setpoint(
        position: radius * out + Vector(0, 0, ascent * progress),
        velocity: growth * out + radius * rate * along + Vector(0, 0, ascent / time),
        acceleration: 2 * growth * rate * along - radius * rate * rate * out,
        yaw: place.yaw + rate * time * progress, yawRate: rate)
    }
    var (start, goal) = (end(0, radius: first), end(1, radius: last))
    let axis = place.position - start.position
    start.position = start.position + axis
    goal.position = goal.position + axis
    return TrajectoryPiece(from: start, to: goal, in: time)
  }
}
