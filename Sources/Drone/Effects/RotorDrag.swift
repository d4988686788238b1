public import SpatialMath

/// The drag of turning rotors that move through the air, proportional to both speeds.
///
///     F = −ΣΩ · k ∘ v      [N]
///
/// with the sum ΣΩ of the rotor speeds in rad/s, the velocity v along the body's axes and the
/// coefficients k = (kxy, kxy, kz) of ``DroneParameters/drag``. It acts at the centre of mass.
///
/// Valid for a vehicle without wind at speeds well below the blade tips'.
///
/// - J. Förster, "System Identification of the Crazyflie 2.0 Nano Quadrocopter", ETH Zürich, 2015,
///   [doi:10.3929/ethz-b-000214143](https://doi.org/10.3929/ethz-b-000214143), eq. 4.2.
public struct RotorDrag: AerodynamicEffect {
  /// Whose axes the coefficients belong to.
  public enum Axes: Sendable {
    /// The body's, as they were measured.
    case body
    /// The world's, as gym-pybullet-drones takes them.
    case world
  }

  /// Which rotor speeds count.
  public enum Speeds: Sendable {
    /// Those that act over the step.
    case current
    /// Those of the step before, as gym-pybullet-drones takes them.
    case previous
  }

  private let axes: Axes
  private let speeds: Speeds

  /// Drag with its coefficients along some axes, of some rotor speeds.
  public init(along axes: Axes = .body, speeds: Speeds = .current) {
    (self.axes, self.speeds) = (axes, speeds)
  }

  public func accumulate(into wrenches: inout [Wrench<Body, DroneLanes>], on swarm: Swarm) {
    for group in swarm.groups {
      let rotorSpeeds =
        speeds == .current ? swarm.rotorSpeeds[group] : swarm.states[group].rotorSpeeds
      let k = (DroneLanes(-.pi / 30) * rotorSpeeds.sum) * swarm.parameters[group].drag
      let (attitude, velocity) = (swarm.attitudes[group], swarm.states[group].velocity)
      switch axes {
      case .body: wrenches[group].force += k.scaled(by: attitude.inverse(velocity))
      case .world:
        let force = Vector<World, _>(k.x * velocity.x, k.y * velocity.y, k.z * velocity.z)
        wrenches[group].force += attitude.inverse(force)
      }
    }
  }
}
