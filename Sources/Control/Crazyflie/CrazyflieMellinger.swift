package import Drone
import SpatialMath

/// The Mellinger law of the Crazyflie's firmware, at 500 Hz.
///
///     F = P e − D (v − v_d) + I ∫e dt + m (g z + a_d)             [N]
///     thrust = 132000 F · z_body                                  [counts]
///     M = −K_R e_R − K_ω (ω − ω_d) − K_D d(ω − ω_d)/dt            [counts]
///
/// with z_d along F, y_d across z_d and the heading, e_R = vee(R_dᵀ R − Rᵀ R_d) / 2, and the mass 0.029 kg
/// that the firmware takes for its own. P = (0.4, 0.4, 1.25), D = (0.2, 0.2, 0.4), I = 0.05 with the integral
/// within 2 s·m in the plane and 0.4 s·m along z; K_R = 70000, K_ω = 20000, K_D = 200 in roll and pitch; 60000,
/// 12000 and an integral of 500 within 1500 in yaw. The setpoints of a scenario have no velocity v_d, no
/// acceleration a_d and no rates ω_d; those of a trajectory on board have.
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
    /// The body rates of the run before, and those that were asked for. [rad/s]
    var last: (rates: Vector<Body, Double>, wanted: Vector<Body, Double>)?
    var request = CrazyflieMotors.Request()
    var pulses = PerRotor(repeating: 0.0)

    /// Empties the integrals.
    mutating func restart() {
      for integral in [\Memory.x, \.y, \.z, \.yaw] { self[keyPath: integral].set(0) }
      last = nil
    }
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

  package var request: CrazyflieMotors.Request { memory.request }

  package var estimate: DelayedEstimates.Estimate { memory.estimates.last }

  package mutating func rotorSpeeds(
    for state: DroneState<Double>, towards setpoint: CrazyflieSetpoint, every period: Double
  ) -> PerRotor<Double> {
    let estimate = memory.estimates.estimate(from: state, every: period)
    if let interval = memory.loop.due(every: period) {
      memory.request = request(estimate, towards: setpoint, over: interval)
      memory.pulses = motors.pulses(for: memory.request, battery: voltage)
    }
    return motors.speeds(for: memory.pulses, battery: voltage)
  }

  /// What the motors are asked for; all at rest, and the integrals empty, where there is no thrust.
  private mutating func request(
    _ estimate: DelayedEstimates.Estimate, towards setpoint: CrazyflieSetpoint, over time: Double
  ) -> CrazyflieMotors.Request {
    let attitude = RotationMatrix(estimate.attitude)
    let aim = aim(estimate, towards: setpoint, over: time)
    let error = Self.error(of: attitude, from: aim.direction, yaw: aim.yaw)
    let thrust =
      setpoint.modes.z == .disabled
      ? setpoint.thrust : max(0, Self.countsPerNewton * aim.force.dot(attitude.zAxis))
    let (w, wanted) = (estimate.bodyRates, setpoint.rates)
    let (lastRates, lastWanted) = memory.last ?? (w, wanted)
    let slope = ((w - lastRates) - (wanted - lastWanted)) / time
    memory.last = (w, wanted)
    guard thrust > 0 else {
      memory.restart()
      return CrazyflieMotors.Request()
    }
    func bounded(_ counts: Double) -> Double { counts.clamped(from: -32_000, to: 32_000) }
    let turn = w - wanted
    let yaw = -60_000 * error.z - 12_000 * turn.z + 500 * memory.yaw.add(-error.z, over: time)
    return CrazyflieMotors.Request(
      thrust: thrust, roll: bounded(-70_000 * error.x - 20_000 * turn.x - 200 * slope.x),
      // Nose up, the other way round than about the body's y axis.
      pitch: -bounded(-70_000 * error.y - 20_000 * turn.y - 200 * slope.y), yaw: bounded(yaw))
  }

  /// The force F, where the z axis should point, and the heading: of a position; of the angles of a person
  /// who gives thrust too; of a height, in any other mode, as the firmware has it. [N, –, rad]
  private mutating func aim(
    _ estimate: DelayedEstimates.Estimate, towards setpoint: CrazyflieSetpoint, over time: Double
  ) -> (force: Vector<World, Double>, direction: Vector<World, Double>, yaw: Double) {
    let modes = setpoint.modes
    let now = RollPitchYaw(estimate.attitude).yaw
    let (e, v) = (
      setpoint.position - estimate.position, estimate.velocity - setpoint.velocity
    )
    let a = setpoint.acceleration
    var force = Vector<World, Double>(
      0.4 * e.x - 0.2 * v.x + 0.05 * memory.x.add(e.x, over: time) + Self.mass * a.x,
      0.4 * e.y - 0.2 * v.y + 0.05 * memory.y.add(e.y, over: time) + Self.mass * a.y,
      1.25 * e.z - 0.4 * v.z + 0.05 * memory.z.add(e.z, over: time)
        + Self.mass * (gravity + a.z))
    if modes.x == .absolute { return (force, force, Self.yaw(setpoint, now, over: time)) }
    if modes.roll == .absolute, modes.pitch == .absolute, modes.z == .disabled {
      let heading = Self.yaw(setpoint, now, over: time)
      let wanted = Rotation<Body, World, Double>(
        RollPitchYaw(roll: setpoint.roll, pitch: -setpoint.pitch, yaw: heading))
      return (.zero, RotationMatrix(wanted).zAxis, heading)
    }
    (force.x, force.y) = (0, 0)
    return (force, force, now)
  }

  /// The heading that a setpoint asks for. [rad]
  private static func yaw(
    _ setpoint: CrazyflieSetpoint, _ now: Double, over time: Double
  ) -> Double {
    switch setpoint.modes.yaw {
    case .absolute: setpoint.yaw
    case .velocity: now + setpoint.rates.z * time
    case .disabled:
      setpoint.modes.attitude == .absolute ? RollPitchYaw(setpoint.attitude).yaw : 0
    }
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
