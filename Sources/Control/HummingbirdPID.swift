package import Drone
import SpatialMath

/// The PID position control that gym-pybullet-drones' paper flies its hummingbird with, heading 0.
///
/// With the position error e, its integral and its difference:
///
///     F = P e + I ∫e dt + D ė + m g z      [N]
///
/// Thrust is the z component of R F, not F · R z. Roll asin(−s Fy / |F|) and pitch atan2(s Fx, s Fz)
/// with s the sign of Fz, both within π/6, are what a second PID makes torques of, and squared rotor
/// speeds follow from the inverse of the allocation; where one comes out negative, from non-negative
/// least squares. Integrals and speeds are not bounded.
///
/// Roll, pitch and the force are taken along the world's axes, so that it flies at heading 0 alone;
/// ``TurningHummingbirdPID`` is the same law at any heading.
///
/// For plus frames, whose rotors 0 to 3 stand in front, left, behind and right.
///
/// - J. Panerati et al., "Learning to Fly", IROS 2021,
///   [arXiv:2103.02142](https://arxiv.org/abs/2103.02142): `SimplePIDControl` of its branch.
package struct HummingbirdPID: UsesHeading {
  private let weight: Double
  /// What one (rpm)² of each rotor gives: kF, kF L, kF L and kM.
  private let units: [Double]
  private var position = Self.positionLoop
  private var attitude = Self.attitudeLoop

  /// From position errors to a force. [N/m, N/(m·s), N·s/m]
  static let positionLoop = DifferencedPID<World>(
    p: Vector(0.1, 0.1, 0.2), i: Vector(1e-4, 1e-4, 1e-4), d: Vector(0.3, 0.3, 0.4))
  /// From errors of roll, pitch and yaw to a torque. [N·m/rad, N·m/(rad·s), N·m·s/rad]
  static let attitudeLoop = DifferencedPID<Body>(
    p: Vector(0.3, 0.3, 0.05), i: Vector(1e-4, 1e-4, 1e-4), d: Vector(0.3, 0.3, 0.5))
  /// The largest roll and pitch. [rad]
  static let largestTilt = Double.pi / 6

  /// A controller for a model.
  ///
  /// - Parameters:
  ///   - model: The vehicle.
  ///   - gravity: The acceleration of free fall. [m/s²]
  /// - Throws: ``ControllerError`` where the frame is no such plus, or makes no yaw torque.
  package init(model: QuadcopterModel, gravity: Double) throws(ControllerError) {
    let kf = model.thrustCoefficient
    let km = model.rotors.map(\.torque.coefficient).sum / 4
    try Self.check(model)
    weight = gravity * model.mass
    units = [kf, kf * model.arm, kf * model.arm, km]
  }

  /// Refuses what is no such plus, or makes no yaw torque.
  static func check(_ model: QuadcopterModel) throws(ControllerError) {
    guard isPlus(model), model.rotors.map(\.torque.coefficient).sum > 0 else {
      throw ControllerError(
        "hummingbird flies plus frames, rotors in front, left, behind and right; "
          + "\(model.name) is none")
    }
  }

  private static func isPlus(_ model: QuadcopterModel) -> Bool {
    let (arm, slack) = (model.arm, 1e-6 * model.arm)
    let places: [Vector<Body, Double>] = [
      Vector(arm, 0, 0), Vector(0, arm, 0), Vector(-arm, 0, 0), Vector(0, -arm, 0),
    ]
    return zip(model.rotors.array, places).enumerated().allSatisfy { index, pair in
      let (rotor, place) = pair
      let offset = Vector<Body, Double>(
        rotor.position.x - place.x, rotor.position.y - place.y, 0)
      return offset.norm < slack && rotor.spin.yawSign == (index % 2 == 0 ? -1 : 1)
    }
  }

  package var headingUse: HeadingUse { .holds(0) }

  package mutating func reset() {
    position.reset()
    attitude.reset()
  }

  package mutating func rotorSpeeds(
    for state: DroneState<Double>, tracking setpoint: Setpoint, at time: Double,
    every period: Double
  ) -> PerRotor<Double> {
    let pull = position.output(for: setpoint.position - state.position, every: period)
    let force = Vector<World, Double>(0, 0, weight) + pull
    // R takes body components to the world's; the original applies it to a world force.
    let thrust = RotationMatrix(state.attitude).zRow.dot(Vector(force.x, force.y, force.z))
    let sign = force.z < 0 ? -1.0 : 1
    let norm = force.norm
    let sine = norm > 0 ? (-sign * force.y / norm).clamped(from: -1, to: 1) : 0
    let tilt = Self.largestTilt
    let roll = sine.arcSine().clamped(from: -tilt, to: tilt)
    let pitch = Double.arcTangent(y: sign * force.x, x: sign * force.z)
      .clamped(from: -tilt, to: tilt)
    let now = RollPitchYaw(state.attitude)
    let error = Vector<Body, Double>(roll - now.roll, pitch - now.pitch, 0 - now.yaw)
    let torque = attitude.output(for: error, every: period)
    return speeds(thrust: thrust, torque: torque)
  }

  private func speeds(thrust: Double, torque: Vector<Body, Double>) -> PerRotor<Double> {
    let wanted = [
      thrust / units[0], torque.x / units[1], torque.y / units[2], torque.z / units[3],
    ]
    // The rows of A give thrust, roll, pitch and yaw; they are orthogonal, so that its inverse is its
    // transpose over their squares, 4, 2, 2 and 4.
    let rows: [[Double]] = [[1, 1, 1, 1], [0, 1, 0, -1], [-1, 0, 1, 0], [-1, 1, -1, 1]]
    let squares = [4.0, 2, 2, 4]
    var squaredSpeeds = (0..<4).map { rotor in
      (0..<4).map { rows[$0][rotor] * wanted[$0] / squares[$0] }.reduce(0, +)
    }
    if squaredSpeeds.contains(where: { $0 < 0 }) {
      squaredSpeeds = nonNegativeLeastSquares(rows, wanted)
    }
    return PerRotor(0, 1, 2, 3).map { squaredSpeeds[$0].squareRoot() }
  }
}
