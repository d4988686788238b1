import Swiftlet

/// Warm air that rises in a column about the world's z axis and lifts what flies through it.
///
///     F = f exp(−(d / b)² / 2)      along the world's z axis [N]
///
/// at the distance d from the axis, for the force f in the middle and the width b.
struct Thermal: LocalEffect {
  /// The force in the middle. [N]
  let force: Double
  /// The width. [m]
  let width: Double

  func add<S: Lanes>(to wrench: inout Wrench<Body, S>, on drones: FlightCondition<S>) {
    let position = drones.state.position
    let distance = position.x * position.x + position.y * position.y
    let profile = (S(-0.5 / (width * width)) * distance).exponential()
    wrench.force += drones.attitude.inverse(Vector(.zero, .zero, S(force) * profile))
  }
}
