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

  private var (x, y, z) = (PIDLoop(), PIDLoop(), PIDLoop())
  private var (forward, left, up) = (PIDLoop(), PIDLoop(), PIDLoop())

  /// Velocities beyond the highest that are let through, in shares of it; and the slowest highest one of a
  /// climb. [–, m/s]
  private static let (overhead, slowestClimb) = (1.1, 0.5)
  /// The most that the velocity z adds to the base thrust. [kilocounts]
  private static let mostLift = 32.767

  /// Runs once; the first time with the integral that makes a thrust. [rad, s, counts]
  mutating func run(
    _ estimate: DelayedEstimates.Estimate, yaw: Double, towards setpoint: CrazyflieSetpoint,
    _ gains: CrazyfliePID.Gains, over time: Double, startingFrom thrust: Double?
  ) {
    let turn = Heading(yaw)
    let wanted = wantedVelocity(estimate, turn, towards: setpoint, gains, over: time)
    let velocity = turn.along(estimate.velocity)
    let limits = (pitch: gains.largestPitch, roll: gains.largestRoll)
    output.pitch = -forward.run(
      .init(velocity.x, towards: wanted.x), gains.velocity.x, over: time
    ).clamped(from: -limits.pitch, to: limits.pitch)
    output.roll = -left.run(
      .init(velocity.y, towards: wanted.y), gains.velocity.y, over: time
    ).clamped(from: -limits.roll, to: limits.roll)
    let lift = up.run(
      .init(velocity.z, towards: wanted.z), gains.velocity.z, over: time,
      startingFrom: thrust.map { ($0 - gains.baseThrust) / 1000 }
    ).clamped(from: -Self.mostLift, to: Self.mostLift)
    output.thrust = (1000 * lift + gains.baseThrust).clamped(
      from: min(gains.leastThrust, CrazyflieMotors.full), to: CrazyflieMotors.full)
  }

  /// The velocity along the heading, to its left and up: of a position's error, or as asked for. [m/s]
  private mutating func wantedVelocity(
    _ estimate: DelayedEstimates.Estimate, _ turn: Heading, towards setpoint: CrazyflieSetpoint,
    _ gains: CrazyfliePID.Gains, over time: Double
  ) -> Vector<World, Double> {
    let (here, there) = (turn.along(estimate.position), turn.along(setpoint.position))
    func bounded(_ speed: Double, _ highest: Double) -> Double {
      speed.clamped(from: -Self.overhead * highest, to: Self.overhead * highest)
    }
    var wanted =
      setpoint.isAlongHeading ? setpoint.velocity : turn.along(setpoint.velocity)
    let (modes, fastest) = (setpoint.modes, gains.fastest)
    if modes.x == .absolute {
      wanted.x = bounded(
        x.run(.init(here.x, towards: there.x), gains.position.x, over: time), fastest.x)
    }
    if modes.y == .absolute {
      wanted.y = bounded(
        y.run(.init(here.y, towards: there.y), gains.position.y, over: time), fastest.y)
    }
    if modes.z == .absolute {
      wanted.z = bounded(
        z.run(.init(here.z, towards: there.z), gains.position.z, over: time),
        max(fastest.z, Self.slowestClimb))
    }
    return wanted
  }
}

/// The attitude and rate loops of ``CrazyfliePID``.
struct CrazyflieAttitudeLoop: Sendable {
  private var (roll, pitch, yaw) = (PIDLoop(within: 20), PIDLoop(within: 20), PIDLoop())
  private var (rollRate, pitchRate) = (PIDLoop(within: 33.3), PIDLoop(within: 33.3))
  private var yawRate = PIDLoop(within: 166.7)

  private static let degrees = 180 / Double.pi

  /// What the motors are asked for.
  ///
  /// - Parameters:
  ///   - angles: The attitude. [rad]
  ///   - bodyRates: The filtered body rates. [rad/s]
  ///   - wanted: What the position loop asks for, or the commander.
  ///   - heading: The heading that is wanted. [rad]
  ///   - askedRates: Rates in the place of those that angles ask for, nose up; `nil` for none. [°/s]
  ///   - gains: The gains.
  ///   - time: The time since the last run. [s]
  ///   - start: What the first run asks for, if the integrals can bring that about.
  /// - Returns: Thrust and torques.
  mutating func request(
    _ angles: RollPitchYaw<Double>, _ bodyRates: Vector<Body, Double>,
    towards wanted: CrazyfliePositionLoop.Output, heading: Double,
    rates askedRates: (roll: Double?, pitch: Double?), _ gains: CrazyfliePID.Gains,
    over time: Double, startingFrom start: CrazyflieMotors.Request?
  ) -> CrazyflieMotors.Request {
    // Pitch is nose up, the other way round than about the body's y axis.
    let rates = Self.degrees * Vector<Body, Double>(bodyRates.x, -bodyRates.y, bodyRates.z)
    let angle = Self.degrees * Vector<Body, Double>(angles.roll, -angles.pitch, angles.yaw)
    let (attitude, rate) = (gains.attitude, gains.rate)
    let rollOutput = roll.run(.init(angle.x, towards: wanted.roll), attitude.x, over: time)
    let pitchOutput = pitch.run(.init(angle.y, towards: wanted.pitch), attitude.y, over: time)
    let yawOutput = yaw.run(
      .init(angle: angle.z, towards: Self.degrees * heading), attitude.z, over: time)
    func bounded(_ counts: Double) -> Double { counts.clamped(from: -32_767, to: 32_767) }
    return CrazyflieMotors.Request(
      thrust: wanted.thrust,
      roll: bounded(
        rollRate.run(
          .init(rates.x, towards: askedRates.roll ?? rollOutput), rate.x, over: time,
          startingFrom: start?.roll)),
      pitch: bounded(
        pitchRate.run(
          .init(rates.y, towards: askedRates.pitch ?? pitchOutput), rate.y, over: time,
          startingFrom: start?.pitch)),
      yaw: bounded(
        yawRate.run(
          .init(rates.z, towards: yawOutput), rate.z, over: time, startingFrom: start?.yaw)))
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
