package import Drone
import SpatialMath

/// ``HummingbirdPID`` at any heading: the same loops and gains, with what binds the original to heading 0
/// set right.
///
/// - The force F is taken along axes that turn with the drone's present heading ψ, Fh = Rz(−ψ) F, so that
///   roll and pitch are what the drone has to lean now, wherever it should look.
/// - The setpoint's acceleration is added to what errors ask for.
/// - The heading is that of the setpoint. Its error and the change of that go the short way round.
/// - Thrust is F · R z.
/// - The model's ``Allocation`` keeps rotors within what they can do, and gives up yaw first.
package struct TurningHummingbirdPID: Controller {
  private let mass: Double
  private let weight: Double
  private let drive: Drive
  private var position = HummingbirdPID.positionLoop
  private var attitude = HummingbirdPID.attitudeLoop

  /// From thrust and torque to rotor speeds.
  private struct Drive: Sendable {
    let allocation: Allocation
    let thrust: PerRotor<RotorCurve<Double>>
    let lowest: PerRotor<Double>
    let highest: PerRotor<Double>

    init(_ model: QuadcopterModel) throws(ControllerError) {
      allocation = try Allocation(model)
      thrust = model.rotors.map(\.thrust)
      lowest = PerRotor(repeating: model.minimumRotorThrust)
      highest = model.rotors.map { $0.thrust.value(at: model.maximumRotorSpeed) }
    }

    func speeds(thrust wanted: Double, torque: Vector<Body, Double>) -> PerRotor<Double> {
      let shares = allocation.thrusts(for: wanted, torque: torque, from: lowest, to: highest)
      return thrust.zip(shares) { $0.speed(for: $1) }
    }
  }

  /// A controller for a model.
  ///
  /// - Parameters:
  ///   - model: The vehicle.
  ///   - gravity: The acceleration of free fall. [m/s²]
  /// - Throws: ``ControllerError`` where the frame is no such plus, or makes no yaw torque.
  package init(model: QuadcopterModel, gravity: Double) throws(ControllerError) {
    try HummingbirdPID.check(model)
    (mass, weight) = (model.mass, gravity * model.mass)
    drive = try Drive(model)
  }

  package mutating func reset() {
    position.reset()
    attitude.reset()
  }

  package mutating func rotorSpeeds(
    for state: DroneState<Double>, tracking setpoint: Setpoint, at time: Double,
    every period: Double
  ) -> PerRotor<Double> {
    let pull = position.output(for: setpoint.position - state.position, every: period)
    let force = Vector<World, Double>(0, 0, weight) + pull + mass * setpoint.acceleration
    let now = RollPitchYaw(state.attitude)
    let lean = Self.lean(along: force, heading: now.yaw)
    let error = Vector<Body, Double>(
      lean.roll - now.roll, lean.pitch - now.pitch, (setpoint.yaw - now.yaw).withinHalfTurn)
    var change = error - attitude.last
    change.z = change.z.withinHalfTurn
    let torque = attitude.output(for: error, change: change, every: period)
    return drive.speeds(
      thrust: force.dot(RotationMatrix(state.attitude).zAxis), torque: torque)
  }

  /// Roll and pitch that bring the thrust along a force at a heading, each within its bound. [rad]
  private static func lean(
    along force: Vector<World, Double>, heading: Double
  ) -> (roll: Double, pitch: Double) {
    let (sine, cosine) = heading.sineAndCosine()
    let (ahead, left) = (cosine * force.x + sine * force.y, cosine * force.y - sine * force.x)
    let sign = force.z < 0 ? -1.0 : 1
    let norm = force.norm
    let rollSine = norm > 0 ? (-sign * left / norm).clamped(from: -1, to: 1) : 0
    let tilt = HummingbirdPID.largestTilt
    return (
      rollSine.arcSine().clamped(from: -tilt, to: tilt),
      Double.arcTangent(y: sign * ahead, x: sign * force.z).clamped(from: -tilt, to: tilt)
    )
  }
}
