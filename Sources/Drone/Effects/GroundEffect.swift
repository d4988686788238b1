public import SpatialMath

/// The extra thrust of rotors close to the floor.
///
/// A rotor of radius R at height h pushes against air that the floor holds up. To its free-air thrust
/// f it adds
///
///     Δf = cG (R / 4h)² f      [N]
///
/// with the fitted gain cG of ``DroneParameters/groundEffect``. The series behind it diverges towards
/// the floor, so h is held above ``DroneParameters/groundEffectFloor``. Cheeseman and Bennett's
/// T(h)/T = 1 / (1 − (R/4h)²) has the same first term with cG = 1.
///
/// It acts while roll and pitch are below a quarter turn, over a level surface.
///
/// - G. Shi et al., "Neural Lander", ICRA 2019, [arXiv:1811.08027](https://arxiv.org/abs/1811.08027),
///   eq. 15.
/// - J. Panerati et al., "Learning to Fly", IROS 2021,
///   [arXiv:2103.02142](https://arxiv.org/abs/2103.02142): the fitted gain.
/// - I. C. Cheeseman, W. E. Bennett, "The Effect of the Ground on a Helicopter Rotor in Forward
///   Flight", ARC R&M 3021, 1955.
@usableFromInline
package struct GroundEffect: LocalEffect {
  /// What a rotor's height is measured from.
  @usableFromInline
  package enum Height: Sendable {
    /// The surface below the drone.
    case aboveSurface
    /// The plane z = 0, whatever stands on it, as gym-pybullet-drones has it.
    case absolute
  }

  @usableFromInline let height: Height

  /// The lowest height that a model may count with. [m]
  @usableFromInline static let lowestFloor = 1e-3

  /// The ground effect with heights above some surface.
  package init(height: Height = .aboveSurface) { self.height = height }

  /// PyBullet is asked for the rotors' heights.
  @usableFromInline package var refreshesLinkFrames: Bool { true }

  @inlinable @inline(__always)
  package func add<S: Lanes>(
    to wrench: inout Wrench<Body, S>, on drones: FlightCondition<S>
  ) {
    let parameters = drones.parameters
    var altitude = drones.state.position.z
    if height == .aboveSurface { altitude = altitude - drones.surfaceHeight }
    let up = drones.attitude.zRow
    let gain = S.zero.replacing(
      with: parameters.groundEffect, where: RollPitchYaw.isUpright(up))
    let reach = S(0.25) * parameters.rotorRadius
    // Above zero also for a model without ground effect, or nothing times infinity would follow.
    let floor = parameters.groundEffectFloor.raised(to: S(Self.lowestFloor))
    var thrust = S.zero
    var moment = Vector<Body, S>.zero
    for rotor in 0..<4 {
      let arm = parameters.rotorPositions[rotor]
      let ratio = reach / (altitude + up.dot(arm)).raised(to: floor)
      let extra = drones.rotorThrusts[rotor] * (gain * (ratio * ratio))
      thrust += extra
      moment += extra * arm
    }
    wrench.force.z += thrust
    wrench.torque += Vector(moment.y, -moment.x, .zero)
  }
}
