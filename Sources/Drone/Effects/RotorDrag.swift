public import SpatialMath

/// The drag of turning rotors that move through the air, proportional to the speed through the air.
///
///     F = −(ΣΩ · k + d) ∘ (v − w)      [N]
///
/// with the sum ΣΩ of the rotor speeds in rad/s, the velocity v and that of the air w along the body's
/// axes, and the coefficients k = (kxy, kxy, kz) of ``DroneParameters/drag`` and d of
/// ``DroneParameters/linearDrag``. It acts at the centre of mass.
///
/// Valid for speeds through the air well below the blade tips'.
///
/// - J. Förster, "System Identification of the Crazyflie 2.0 Nano Quadrocopter", ETH Zürich, 2015,
///   [doi:10.3929/ethz-b-000214143](https://doi.org/10.3929/ethz-b-000214143), eq. 4.2: k.
/// - M. Faessler, A. Franchi, D. Scaramuzza, "Differential Flatness of Quadrotor Dynamics Subject to
///   Rotor Drag", RA-L 2018, [arXiv:1712.02402](https://arxiv.org/abs/1712.02402), eq. 2: d.
@usableFromInline
package struct RotorDrag: LocalEffect {
  /// Whose axes the coefficients belong to.
  @usableFromInline
  package enum Axes: Sendable {
    /// The body's, as they were measured.
    case body
    /// The world's, as gym-pybullet-drones takes them.
    case world
  }

  /// Which rotor speeds count.
  @usableFromInline
  package enum Speeds: Sendable {
    /// Those that act over the step.
    case current
    /// Those of the step before, as gym-pybullet-drones takes them.
    case previous
  }

  @usableFromInline let axes: Axes
  @usableFromInline let speeds: Speeds

  /// Drag with its coefficients along some axes, of some rotor speeds.
  package init(along axes: Axes = .body, speeds: Speeds = .current) {
    (self.axes, self.speeds) = (axes, speeds)
  }

  @inlinable @inline(__always)
  package func add<S: Lanes>(
    to wrench: inout Wrench<Body, S>, on drones: FlightCondition<S>
  ) {
    let parameters = drones.parameters
    let turning = (speeds == .current ? drones.rotorSpeeds : drones.state.rotorSpeeds).sum
    let k = (S(-.pi / 30) * turning) * parameters.drag - parameters.linearDrag
    let velocity = drones.state.velocity - drones.wind
    switch axes {
    case .body: wrench.force += k.scaled(by: drones.attitude.inverse(velocity))
    case .world:
      let force = Vector<World, _>(k.x * velocity.x, k.y * velocity.y, k.z * velocity.z)
      wrench.force += drones.attitude.inverse(force)
    }
  }
}
