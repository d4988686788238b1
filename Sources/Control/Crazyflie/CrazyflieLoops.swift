import Drone
import SpatialMath

/// The position and velocity loops of ``CrazyfliePID``.
struct CrazyfliePositionLoop: Sendable {
  /// What the attitude loop is asked for.
  struct Output: Sendable {
    /// The roll. [°]
    var roll = 0.0
    /// The pitch, nose up. [°]
    var pitch = 0.0
    /// The thrust. [counts]
    var thrust = 0.0
  }

  /// What was asked for last.
  private(set) var output = Output()

  private var height = BoundedIntegral()
  private var (forward, left, up) = (BoundedIntegral(), BoundedIntegral(), BoundedIntegral())
  private var hasStarted = false

  private static let (fastest, steepest, baseThrust) = (1.1, 20.0, 36_000.0)

  /// Runs once; the first time with the integral that makes a thrust. [rad, s, counts]
  mutating func run(
    _ estimate: DelayedEstimates.Estimate, yaw: Double, towards setpoint: CrazyflieSetpoint,
    over time: Double, startingFrom thrust: Double?
  ) {
    let turn = Heading(yaw)
    let wanted = wantedVelocity(estimate, turn, towards: setpoint, over: time)
    let velocity = turn.along(estimate.velocity)
    let (x, y, z) = (wanted.x - velocity.x, wanted.y - velocity.y, wanted.z - velocity.z)
    output.pitch = -(25 * x + forward.add(x, over: time)).clamped(
      from: -Self.steepest, to: Self.steepest)
    output.roll = -(25 * y + left.add(y, over: time)).clamped(
      from: -Self.steepest, to: Self.steepest)
    if !hasStarted, let thrust {
      up.set(((thrust - Self.baseThrust) / 1000 - 25 * z) / 15 - z * time)
    }
    hasStarted = true
    let lift = (25 * z + 15 * up.add(z, over: time)).clamped(from: -32.767, to: 32.767)
    output.thrust = (1000 * lift + Self.baseThrust).clamped(from: 20_000, to: CrazyflieMotors.full)
  }

  /// The velocity along the heading, to its left and up: of a position's error, or as asked for. [m/s]
  private mutating func wantedVelocity(
    _ estimate: DelayedEstimates.Estimate, _ turn: Heading, towards setpoint: CrazyflieSetpoint,
    over time: Double
  ) -> Vector<World, Double> {
    func bounded(_ speed: Double) -> Double { speed.clamped(from: -Self.fastest, to: Self.fastest) }
    let error = turn.along(setpoint.position - estimate.position)
    var wanted =
      setpoint.isAlongHeading ? setpoint.velocity : turn.along(setpoint.velocity)
    let modes = setpoint.modes
    if modes.x == .absolute { wanted.x = bounded(2 * error.x) }
    if modes.y == .absolute { wanted.y = bounded(2 * error.y) }
    if modes.z == .absolute {
      wanted.z = bounded(2 * error.z + 0.5 * height.add(error.z, over: time))
    }
    return wanted
  }
}

/// The attitude and rate loops of ``CrazyfliePID``.
struct CrazyflieAttitudeLoop: Sendable {
  private var (roll, pitch) = (BoundedIntegral(within: 20), BoundedIntegral(within: 20))
  private var yaw = BoundedIntegral()
  private var (rollRate, pitchRate) = (BoundedIntegral(within: 33.3), BoundedIntegral(within: 33.3))
  private var yawRate = BoundedIntegral(within: 166.7)
  /// The body rates and the yaw of the run before. [°/s, °]
  private var last: (rates: Vector<Body, Double>, yaw: Double)?

  private static let degrees = 180 / Double.pi

  /// What the motors are asked for.
  ///
  /// - Parameters:
  ///   - angles: The attitude. [rad]
  ///   - bodyRates: The filtered body rates. [rad/s]
  ///   - wanted: What the position loop asks for, or the commander.
  ///   - heading: The heading that is wanted. [rad]
  ///   - askedRates: Rates in the place of those that angles ask for, nose up; `nil` for none. [°/s]
  ///   - time: The time since the last run. [s]
  ///   - start: What the first run asks for, if the integrals can bring that about.
  /// - Returns: Thrust and torques.
  mutating func request(
    _ angles: RollPitchYaw<Double>, _ bodyRates: Vector<Body, Double>,
    towards wanted: CrazyfliePositionLoop.Output, heading: Double,
    rates askedRates: (roll: Double?, pitch: Double?), over time: Double,
    startingFrom start: CrazyflieMotors.Request?
  ) -> CrazyflieMotors.Request {
    // Pitch is nose up, the other way round than about the body's y axis.
    let rates = Self.degrees * Vector<Body, Double>(bodyRates.x, -bodyRates.y, bodyRates.z)
    let angle = Self.degrees * Vector<Body, Double>(angles.roll, -angles.pitch, angles.yaw)
    let errors = Vector<Body, Double>(
      wanted.roll - angle.x, wanted.pitch - angle.y,
      (Self.degrees * heading - angle.z).remainder(dividingBy: 360))
    let before = last ?? (rates, angle.z)
    let turn = (angle.z - before.yaw).remainder(dividingBy: 360) / time
    let rollRate = 6 * errors.x + 3 * roll.add(errors.x, over: time)
    let pitchRate = 6 * errors.y + 3 * pitch.add(errors.y, over: time)
    let error = Vector<Body, Double>(
      (askedRates.roll ?? rollRate) - rates.x, (askedRates.pitch ?? pitchRate) - rates.y,
      6 * errors.z + yaw.add(errors.z, over: time) - 0.35 * turn - rates.z)
    let slope = (rates - before.rates) / time
    let direct = Vector<Body, Double>(
      250 * error.x - 2.5 * slope.x, 250 * error.y - 2.5 * slope.y, 120 * error.z)
    if last == nil, let start {
      self.rollRate.set((start.roll - direct.x) / 500 - error.x * time)
      self.pitchRate.set((start.pitch - direct.y) / 500 - error.y * time)
      yawRate.set((start.yaw - direct.z) / 16.7 - error.z * time)
    }
    last = (rates, angle.z)
    func bounded(_ counts: Double) -> Double { counts.clamped(from: -32_767, to: 32_767) }
    return CrazyflieMotors.Request(
      thrust: wanted.thrust, roll: bounded(direct.x + 500 * self.rollRate.add(error.x, over: time)),
      pitch: bounded(direct.y + 500 * self.pitchRate.add(error.y, over: time)),
      yaw: bounded(direct.z + 16.7 * yawRate.add(error.z, over: time)))
  }
}

/// The axes that point along a heading and to its left.
private struct Heading {
  private let (sine, cosine): (Double, Double)

  /// The axes of a heading. [rad]
  init(_ yaw: Double) { (sine, cosine) = yaw.sineAndCosine() }

  /// The components of a vector forwards, to the left and up.
  func along(_ v: Vector<World, Double>) -> Vector<World, Double> {
    Vector(cosine * v.x + sine * v.y, cosine * v.y - sine * v.x, v.z)
  }
}
