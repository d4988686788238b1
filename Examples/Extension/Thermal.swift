import Swiftlet

/// Warm air that rises in a column about the world's z axis and lifts who flies through it.
///
///     F = f exp(−(d / b)² / 2)      along the world's z axis [N]
///
/// at the distance d from the axis, for the force f in the middle and the width b.
struct Thermal: AerodynamicEffect {
  /// The force in the middle. [N]
  let force: Double
  /// The width. [m]
  let width: Double

  func accumulate(into wrenches: inout [Wrench<Body, DroneLanes>], on swarm: Swarm) {
    for group in swarm.groups {
      let position = swarm.states[group].position
      let distance = position.x * position.x + position.y * position.y
      let profile = (DroneLanes(-0.5 / (width * width)) * distance).exponential()
      let lift = Vector<World, DroneLanes>(.zero, .zero, DroneLanes(force) * profile)
      wrenches[group].force += swarm.attitudes[group].inverse(lift)
    }
  }
}
