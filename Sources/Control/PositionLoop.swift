import Drone
import SpatialMath

/// From position errors to the acceleration that mends them.
///
///     a = ω² e + k ė + kI ∫e dt + a_ref      [m/s²]
///
/// The first term is held within what thrust can spare, so that a far target is approached at a steady
/// speed, and errors are only summed up where it is not held; so is the sum of the first three, but not
/// what the reference itself asks for.
struct PositionLoop: Sendable {
  private let gravity: Double
  var integral = Vector<World, Double>.zero

  init(gravity: Double) { self.gravity = gravity }

  mutating func reset() { integral = .zero }

  mutating func acceleration(
    for state: DroneState<Double>, tracking setpoint: Setpoint, gains: DerivedGains,
    every period: Double
  ) -> Vector<World, Double> {
    let error = setpoint.position - state.position
    let pull = gains.position.scaled(by: gains.position).scaled(by: error)
    let held = hold(pull, gains: gains, share: 0.85)
    if held == pull {
      integral = hold(
        integral + period * gains.integral.scaled(by: error), gains: gains, share: 0.85)
    }
    let damping = gains.velocity.scaled(by: setpoint.velocity - state.velocity)
    return hold(held + damping + integral, gains: gains, share: 1) + setpoint.acceleration
  }

  /// An acceleration within a share of what thrust can spare. [m/s²]
  private func hold(
    _ a: Vector<World, Double>, gains: DerivedGains, share: Double
  ) -> Vector<World, Double> {
    let level = (a.x * a.x + a.y * a.y).squareRoot()
    let scale = level > share * gains.sideways ? share * gains.sideways / level : 1
    return Vector(
      scale * a.x, scale * a.y,
      a.z.clamped(from: -share * 0.6 * gravity, to: share * gains.upwards))
  }
}
