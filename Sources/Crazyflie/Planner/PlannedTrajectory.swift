package import Control
package import SpatialMath

/// Pieces one behind the other, from a time on, shifted and turned to where they are flown.
package struct PlannedTrajectory: Sendable {
  /// The pieces, in the order in which they are flown.
  private var pieces: [TrajectoryPiece]
  /// When it begins. [s]
  private var start: Double
  /// Whether each piece is flown from its end to its beginning.
  private var isReversed = false
  /// The turn about the world's z axis. [rad]
  private var turn = 0.0
  /// The shift after the turn. [m]
  private var shift = Vector<World, Double>.zero

  /// A single piece. [s]
  package init(_ piece: TrajectoryPiece, at time: Double) { (pieces, start) = ([piece], time) }

  /// Uploaded pieces.
  ///
  /// - Parameters:
  ///   - pieces: The pieces, one at least.
  ///   - time: When they begin. [s]
  ///   - slowdown: How many times longer they take. [–]
  ///   - isReversed: Whether they are flown backwards.
  ///   - place: Where they begin, where that is not their own place.
  ///   - isTurned: Whether they are also turned to the yaw of the place.
  package init(
    _ pieces: [TrajectoryPiece], at time: Double, slowdown: Double, isReversed: Bool,
    relativeTo place: Setpoint?, isTurned: Bool
  ) {
    let slowed = pieces.map { $0.slowed(by: slowdown) }
    self.pieces = isReversed ? slowed.reversed() : slowed
    (start, self.isReversed) = (time, isReversed)
    guard let place else { return }
    let first = setpoint(at: time)
    // As the firmware has it: not turned about where it begins, but about the origin.
    shift = place.position - first.position
    if isTurned { turn = (place.yaw - first.yaw).remainder(dividingBy: 2 * .pi) }
  }

  /// How long it takes. [s]
  private var duration: Double { pieces.reduce(0) { $0 + $1.duration } }

  /// Whether it is over. [s]
  package func isFinished(at time: Double) -> Bool { time - start >= duration }

  /// The setpoint at a time; where it ends, at rest, when it is over. [s]
  package func setpoint(at time: Double) -> Setpoint {
    var rest = max(0, time - start)
    for piece in pieces {
      if rest <= piece.duration {
        return moved(at(isReversed ? piece.duration - rest : rest, of: piece))
      }
      rest -= piece.duration
    }
    guard let last = pieces.last else { return Setpoint() }
    let end = moved(at(isReversed ? 0 : last.duration, of: last))
    return Setpoint(position: end.position, yaw: end.yaw)
  }

  /// The setpoint at a time of a piece, in the direction of the flight. [s]
  private func at(_ time: Double, of piece: TrajectoryPiece) -> Setpoint {
    var setpoint = piece.setpoint(at: time)
    if isReversed {
      setpoint.velocity = -setpoint.velocity
      setpoint.jerk = -setpoint.jerk
      setpoint.yawRate = -setpoint.yawRate
    }
    return setpoint
  }

  private func moved(_ setpoint: Setpoint) -> Setpoint {
    let rotation = Rotation<World, World, Double>(rotationVector: Vector(0, 0, turn))
    return Setpoint(
      position: rotation(setpoint.position) + shift, velocity: rotation(setpoint.velocity),
      acceleration: rotation(setpoint.acceleration), jerk: rotation(setpoint.jerk),
      yaw: setpoint.yaw + turn, yawRate: setpoint.yawRate)
  }
}

extension Setpoint {
  /// The body rates of a drone on the trajectory.
  ///
  /// With the thrust t = a + g z, z_b = t/|t|,
  /// y_b = z_b × (cos ψ, sin ψ, 0) normalized, x_b = y_b × z_b and h = (j − (z_b · j) z_b)/|t|,
  ///
  ///     ω = (−h · y_b, h · x_b, z_b · z ψ̇)      [rad/s]
  ///
  /// (D. Mellinger, V. Kumar, ICRA 2011, doi:10.1109/ICRA.2011.5980409, section III).
  package func bodyRates(gravity: Double) -> Vector<Body, Double> {
    let thrust = acceleration + Vector(0, 0, gravity)
    let (sine, cosine) = yaw.sineAndCosine()
    let z = thrust.normalized
    let across = z.cross(Vector(cosine, sine, 0))
    guard thrust.squaredNorm > 1e-12, across.squaredNorm > 1e-12 else { return .zero }
    let y = across.normalized
    let h = (jerk - z.dot(jerk) * z) / thrust.norm
    return Vector(-h.dot(y), h.dot(y.cross(z)), z.z * yawRate)
  }
}
