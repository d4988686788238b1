package import Drone
import SpatialMath

/// The Mellinger law of the Crazyflie's firmware, at 500 Hz.
///
///     F = P e − D v + I ∫e dt + m g z      [N]
///     thrust = 132000 F · z_body           [counts]
///     M = −K_R e_R − K_ω ω − K_D dω/dt     [counts]
///
/// with z_d along F, y_d across z_d and the heading, e_R = vee(R_dᵀ R − Rᵀ R_d) / 2, and the mass 0.029 kg
/// that the firmware takes for its own. P = (0.4, 0.4, 1.25), D = (0.2, 0.2, 0.4), I = 0.05 with the integral
/// within 2 s·m in the plane and 0.4 s·m along z; K_R = 70000, K_ω = 20000, K_D = 200 in roll and pitch; 60000,
/// 12000 and an integral of 500 within 1500 in yaw. Setpoints have no velocity.
///
/// - D. Mellinger, V. Kumar, "Minimum Snap Trajectory Generation and Control for Quadrotors", ICRA 2011,
///   [doi:10.1109/ICRA.2011.5980409](https://doi.org/10.1109/ICRA.2011.5980409).
/// - The gains, as the firmware of 2025 has them, flew flights of NanoBench (arXiv:2603.09908).
package struct CrazyflieMellinger: CrazyflieLaw {
  /// The battery's voltage under load. [V]
  package var voltage: Double

  private let motors: CrazyflieMotors
  private let gravity: Double
  private var memory = Memory()

  /// All that it remembers.
  private struct Memory: Sendable {
    var loop = CrazyflieSchedule.Loop(frequency: 500)
    var estimates = DelayedEstimates()
    var (x, y) = (BoundedIntegral(within: 2), BoundedIntegral(within: 2))
    var z = BoundedIntegral(within: 0.4)
    var yaw = BoundedIntegral(within: 1500)
    var lastRates: Vector<Body, Double>?
    var pulses = PerRotor(repeating: 0.0)
  }

  private static let mass = 0.029
  private static let countsPerNewton = 132_000.0

  /// The law for a model.
  ///
  /// - Parameters:
  ///   - model: The vehicle; its motors' speed by voltage must be known.
  ///   - gravity: The acceleration of free fall. [m/s²]
  ///   - voltage: The battery's voltage under load. [V]
  /// - Throws: ``ControllerError`` where that is not known.
  package init(
    model: QuadcopterModel, gravity: Double, voltage: Double
  ) throws(ControllerError) {
    motors = try CrazyflieMotors(model)
    (self.gravity, self.voltage) = (gravity, voltage)
  }

  package mutating func reset() { memory = Memory() }

  package var pulses: PerRotor<Double> { memory.pulses }

  package mutating func rotorSpeeds(
    for state: DroneState<Double>, tracking setpoint: Setpoint, at time: Double,
    every period: Double
  ) -> PerRotor<Double> {
    let estimate = memory.estimates.estimate(from: state, every: period)
    if let interval = memory.loop.due(every: period) {
      memory.pulses = motors.pulses(
        for: request(estimate, towards: setpoint, over: interval), battery: voltage)
    }
    return motors.speeds(for: memory.pulses, battery: voltage)
  }

  private mutating func request(
    _ estimate: DelayedEstimates.Estimate, towards setpoint: Setpoint, over time: Double
  ) -> CrazyflieMotors.Request {
    let (e, v) = (setpoint.position - estimate.position, estimate.velocity)
    let force = Vector<World, Double>(
      0.4 * e.x - 0.2 * v.x + 0.05 * memory.x.add(e.x, over: time),
      0.4 * e.y - 0.2 * v.y + 0.05 * memory.y.add(e.y, over: time),
      1.25 * e.z - 0.4 * v.z + 0.05 * memory.z.add(e.z, over: time) + Self.mass * gravity)
    let attitude = RotationMatrix(estimate.attitude)
    let error = Self.error(of: attitude, from: force, yaw: setpoint.yaw)
    let w = estimate.bodyRates
    let slope = (w - (memory.lastRates ?? w)) / time
    memory.lastRates = w
    func bounded(_ counts: Double) -> Double { counts.clamped(from: -32_000, to: 32_000) }
    let yaw = -60_000 * error.z - 12_000 * w.z + 500 * memory.yaw.add(-error.z, over: time)
    return CrazyflieMotors.Request(
      thrust: max(0, Self.countsPerNewton * force.dot(attitude.zAxis)),
      roll: bounded(-70_000 * error.x - 20_000 * w.x - 200 * slope.x),
      // Nose up, the other way round than about the body's y axis.
      pitch: -bounded(-70_000 * error.y - 20_000 * w.y - 200 * slope.y), yaw: bounded(yaw))
  }

  /// e_R; zero where force and heading fix no attitude. [rad]
  private static func error(
    of attitude: RotationMatrix<Body, World, Double>, from force: Vector<World, Double>,
    yaw: Double
  ) -> Vector<Body, Double> {
    let (sine, cosine) = yaw.sineAndCosine()
    let z = force.normalized
    let across = z.cross(Vector(cosine, sine, 0))
    guard force.squaredNorm > 0, across.squaredNorm > 1e-12 else { return .zero }
    let y = across.normalized
    let x = y.cross(z)
    let (bx, by, bz) = (attitude.xAxis, attitude.yAxis, attitude.zAxis)
    return 0.5
      * Vector(z.dot(by) - bz.dot(y), x.dot(bz) - bx.dot(z), y.dot(bx) - by.dot(x))
  }
}
