package import Drone
import SpatialMath

/// The Mellinger law of the Crazyflie's firmware, at 500 Hz.
///
///     F = P e − D (v − v_d) + I ∫e dt + m (g z + a_d)                         [N]
///     thrust = 132000 F · z_body                                              [counts]
///     M = −K_R e_R − K_ω (ω − ω_d) − K_D d(ω − ω_d)/dt − K_I ∫e_R dt          [counts]
///
/// with z_d along F, y_d across z_d and the heading, and e_R = vee(R_dᵀ R − Rᵀ R_d) / 2. The setpoints of a scenario have no velocity v_d, no
/// acceleration a_d and no rates ω_d; those of a trajectory on board have.
///
/// - D. Mellinger, V. Kumar, "Minimum Snap Trajectory Generation and Control for Quadrotors", ICRA 2011,
///   [doi:10.1109/ICRA.2011.5980409](https://doi.org/10.1109/ICRA.2011.5980409).
/// - The gains, as the firmware of 2025 has them, flew flights of NanoBench (arXiv:2603.09908).
package struct CrazyflieMellinger: CrazyflieLaw {
  /// The battery's voltage under load. [V]
  package var voltage: Double
  /// What can be tuned.
  package var gains = Gains()

  private let motors: CrazyflieMotors
  private let gravity: Double
  private var memory = Memory()

  /// All that it remembers.
  private struct Memory: Sendable {
    var loop = CrazyflieSchedule.Loop(frequency: 500)
    var estimates = DelayedEstimates()
    /// Of the position's error. [s·m]
    var (x, y, z) = (BoundedIntegral(), BoundedIntegral(), BoundedIntegral())
    /// Of the attitude's error. [s·rad]
    var (roll, pitch, yaw) = (BoundedIntegral(), BoundedIntegral(), BoundedIntegral())
    /// The body rates of the run before, and those that were asked for. [rad/s]
    var last: (rates: Vector<Body, Double>, wanted: Vector<Body, Double>)?
    var request = CrazyflieMotors.Request()
    var pulses = PerRotor(repeating: 0.0)

    /// Empties the integrals.
    mutating func restart() {
      (x, y, z) = (BoundedIntegral(), BoundedIntegral(), BoundedIntegral())
      (roll, pitch, yaw) = (BoundedIntegral(), BoundedIntegral(), BoundedIntegral())
      last = nil
    }
  }

  /// The law for a model.
  ///
  /// - Parameters:
  ///   - model: The vehicle; its motors' speed by voltage must be known.
  ///   - gravity: The acceleration of free fall. [m/s²]
  ///   - voltage: The battery's voltage under load. [V]
  /// - Throws: ``ControllerError`` where that is not known, or rotors are not where a Crazyflie's are.
  package init(
    model: QuadcopterModel, gravity: Double, voltage: Double
  ) throws(ControllerError) {
    motors = try CrazyflieMotors(model)
    try CrazyflieMotors.check(layoutOf: model)
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
      ? setpoint.thrust : max(0, gains.countsPerNewton * aim.force.dot(attitude.zAxis))
    let (w, wanted) = (estimate.bodyRates, setpoint.rates)
    let (lastRates, lastWanted) = memory.last ?? (w, wanted)
    let slope = ((w - lastRates) - (wanted - lastWanted)) / time
    memory.last = (w, wanted)
    guard thrust > 0 else {
      memory.restart()
      return CrazyflieMotors.Request()
    }
    let m = moment(error: error, turn: w - wanted, slope: slope, over: time)
    // Nose up, the other way round than about the body's y axis.
    return CrazyflieMotors.Request(thrust: thrust, roll: m.x, pitch: -m.y, yaw: m.z)
  }

  /// The moment M, about the body's axes. [rad, rad/s, rad/s², counts]
  private mutating func moment(
    error: Vector<Body, Double>, turn: Vector<Body, Double>, slope: Vector<Body, Double>,
    over time: Double
  ) -> Vector<Body, Double> {
    let level = gains.attitude
    let (roll, pitch) = (
      memory.roll.add(-error.x, over: time, within: level.range),
      memory.pitch.add(-error.y, over: time, within: level.range)
    )
    let yaw = memory.yaw.add(-error.z, over: time, within: gains.yaw.range)
    let moment = Vector<Body, Double>(
      -level.proportional * error.x - level.derivative * turn.x - gains.rateDerivative * slope.x
        + level.integral * roll,
      -level.proportional * error.y - level.derivative * turn.y - gains.rateDerivative * slope.y
        + level.integral * pitch,
      -gains.yaw.proportional * error.z - gains.yaw.derivative * turn.z + gains.yaw.integral * yaw)
    return moment.clamped(from: -32_000, to: 32_000)
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
    let (plane, up) = (gains.plane, gains.height)
    let (x, y, z) = (
      memory.x.add(e.x, over: time, within: plane.range),
      memory.y.add(e.y, over: time, within: plane.range),
      memory.z.add(e.z, over: time, within: up.range)
    )
    var force = Vector<World, Double>(
      plane.proportional * e.x - plane.derivative * v.x + plane.integral * x + gains.mass * a.x,
      plane.proportional * e.y - plane.derivative * v.y + plane.integral * y + gains.mass * a.y,
      up.proportional * e.z - up.derivative * v.z + up.integral * z + gains.mass * (gravity + a.z))
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
