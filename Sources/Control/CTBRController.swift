package import Drone
package import SpatialMath

/// Collective thrust and body rates: what many autopilots, and policies, are commanded with.
package struct ThrustAndRates: Sendable, Equatable, BitwiseCopyable {
  /// The thrust of all rotors over the mass. [m/s²]
  package var thrust: Double
  /// The body rates. [rad/s]
  package var rates: Vector<Body, Double>

  /// A command. [m/s², rad/s]
  package init(thrust: Double, rates: Vector<Body, Double>) {
    (self.thrust, self.rates) = (thrust, rates)
  }
}

/// Position control by collective thrust and body rates.
///
/// The law of gym-pybullet-drones' `CTBRControl`, whose gains are the same for every vehicle, since it
/// commands nothing that depends on mass:
///
///     a = KP e + KD ė + g z      thrust = a · R z      [m/s²]
///     Ω = 2 K vec(q⁻¹ qd) sgn(w)      [rad/s]
///
/// with KP = (3, 3, 8) 1/s², KD = (2.5, 2.5, 5) 1/s, K = (5, 5, 1) 1/s, the wanted attitude qd with its z axis along a
/// and its x axis along y × z, so that headings are ignored, and the scalar part w of q⁻¹ qd.
/// An ``AttitudeController`` brings the rates about.
package struct CTBRController: UsesHeading {
  private let mass: Double
  private let gravity: Double
  private var rateController: AttitudeController

  /// A controller for a model.
  ///
  /// - Parameters:
  ///   - model: The vehicle.
  ///   - gravity: The acceleration of free fall. [m/s²]
  /// - Throws: ``ControllerError`` where the rotors cannot make every torque.
  package init(model: QuadcopterModel, gravity: Double) throws(ControllerError) {
    (mass, self.gravity) = (model.mass, gravity)
    rateController = try AttitudeController(model: model, gravity: gravity)
  }

  package var headingUse: HeadingUse { .holds(0) }

  package mutating func reset() {}

  package mutating func rotorSpeeds(
    for state: DroneState<Double>, tracking setpoint: Setpoint, at time: Double,
    every period: Double
  ) -> PerRotor<Double> {
    let command = Self.command(for: state, tracking: setpoint, gravity: gravity)
    return rateController.rotorSpeeds(
      for: state, rates: command.rates, thrust: mass * command.thrust, every: period)
  }

  /// The law itself. [m/s²]
  package static func command(
    for state: DroneState<Double>, tracking setpoint: Setpoint, gravity: Double
  ) -> ThrustAndRates {
    let acceleration = pull(on: state, towards: setpoint) + Vector(0, 0, gravity)
    let now = RotationMatrix(state.attitude)
    let thrust = acceleration.dot(now.zAxis)
    let z = (1 / acceleration.norm) * acceleration
    let across = Vector<World, Double>(0, 1, 0).cross(z)
    let x = (1 / across.norm) * across
    guard z.isFinite, x.isFinite else { return ThrustAndRates(thrust: thrust, rates: .zero) }
    let wanted = RotationMatrix<Body, World, Double>(xAxis: x, yAxis: z.cross(x), zAxis: z)
    let turn = wanted.quaternionVector(from: now)
    return ThrustAndRates(thrust: thrust, rates: 2 * rateGains.scaled(by: turn))
  }

  /// The gains K of an angle of which the law takes twice the sine of its half. [1/s]
  static let rateGains = Vector<Body, Double>(5, 5, 1)

  /// The acceleration that mends errors of position and velocity, KP e + KD ė. [m/s²]
  static func pull(
    on state: DroneState<Double>, towards setpoint: Setpoint
  ) -> Vector<World, Double> {
    let error = setpoint.position - state.position
    let change = setpoint.velocity - state.velocity
    return Vector(3, 3, 8).scaled(by: error) + Vector(2.5, 2.5, 5).scaled(by: change)
  }
}
