package import Drone
import SpatialMath

/// ``CTBRController`` at any heading, led by its reference: the same gains, with what the original leaves
/// out.
///
///     a = KP e + KD ė + ẍ_ref + g z + R (d ∘ Rᵀ v_ref) / m      thrust = a · R z      [m/s²]
///     Ω = K e_R + Ωd      [rad/s]
///
/// The first four terms are held within what the rotors can spare. e_R has tilt and heading apart, as in
/// ``AttitudeController``; Ωd is the rate of the reference's own attitude, from its jerk and the rate of its
/// heading. The body turns no faster than it can while roll and pitch are held.
package struct TurningCTBR: Controller {
  private let mass: Double
  private let gravity: Double
  private let lead: ReferenceLead
  private var rateController: AttitudeController

  /// A controller for a model.
  ///
  /// - Parameters:
  ///   - model: The vehicle.
  ///   - gravity: The acceleration of free fall. [m/s²]
  /// - Throws: ``ControllerError`` where the rotors cannot make every torque.
  package init(model: QuadcopterModel, gravity: Double) throws(ControllerError) {
    (mass, self.gravity) = (model.mass, gravity)
    lead = ReferenceLead(model, gravity: gravity)
    rateController = try AttitudeController(model: model, gravity: gravity)
  }

  package mutating func reset() {}

  package mutating func rotorSpeeds(
    for state: DroneState<Double>, tracking setpoint: Setpoint, at time: Double,
    every period: Double
  ) -> PerRotor<Double> {
    let law = rateController.law(every: period)
    let pull = CTBRController.pull(on: state, towards: setpoint) + setpoint.acceleration
    let now = RotationMatrix(state.attitude)
    let force =
      mass * (law.held(pull, share: 1) + Vector(0, 0, gravity))
      + lead.resistance(of: setpoint, at: now)
    let wanted = RotationMatrix(zAxisAlong: force, heading: setpoint.yaw) ?? now
    let mending = CTBRController.rateGains.scaled(by: wanted.tiltAndHeading(from: now))
    var rates = mending + now.inverse(lead.tilting(setpoint))
    rates.z += wanted.turnRate(ofHeading: setpoint.yawRate)
    return law.rotorSpeeds(
      for: state, error: .zero, thrust: force.dot(now.zAxis), rates: rates)
  }
}
