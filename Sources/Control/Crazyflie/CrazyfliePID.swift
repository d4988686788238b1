package import Drone
import SpatialMath

/// The cascaded PID of the Crazyflie's firmware, at its rates.
///
/// Position and velocity at 100 Hz, attitude and body rates at 500 Hz, from estimates as late as the
/// firmware's. Angles are in degrees. The usual gains, from the outside in:
///
/// | error | P | I | D | output |
/// | --- | --- | --- | --- | --- |
/// | position x, y [m], along the heading | 2 | | | velocity, within 1.1 m/s |
/// | position z | 2 | 0.5 | | velocity, within 1.1 m/s |
/// | velocity x, y | 25 | 1 | | pitch and roll, within 20° |
/// | velocity z | 25 | 15 | | 1000 counts of thrust about 36000, within 20000 to 65535 |
/// | roll, pitch | 6 | 3, within 20 | | rate |
/// | yaw | 6 | 1 | 0.35 | rate |
/// | roll rate, pitch rate | 250 | 500, within 33.3 | 2.5 | counts |
/// | yaw rate | 120 | 16.7, within 166.7 | | counts |
///
/// A setpoint in another mode bypasses the loops above what it asks for, and one in a new mode restarts them.
///
/// There is no velocity feedforward: a drone that flies at a speed v stays behind its setpoint by about v / 2.
///
/// It flew the logs of NanoBench: structure and gains explain 90 to 98 % of the logged differences between
/// pulses (github.com/syediu/nanobench-iros2026, arXiv:2603.09908).
package struct CrazyfliePID: CrazyflieLaw {
  /// The battery's voltage under load. [V]
  package var voltage: Double
  /// What can be tuned.
  package var gains = Gains()

  private let motors: CrazyflieMotors
  /// What it starts from, so that the first pulses are those of a flight under way.
  private let start: CrazyflieMotors.Request?
  private var memory = Memory()

  private static let degrees = 180 / Double.pi

  /// All that it remembers.
  private struct Memory: Sendable {
    var schedule = CrazyflieSchedule()
    var estimates = DelayedEstimates()
    var outer = CrazyfliePositionLoop()
    var inner = CrazyflieAttitudeLoop()
    /// The heading that is wanted. [rad]
    var heading = 0.0
    /// The modes of the last setpoint.
    var modes: CrazyflieSetpoint.Modes?
    var request = CrazyflieMotors.Request()
    var pulses = PerRotor(repeating: 0.0)
  }

  /// The law for a model.
  ///
  /// - Parameters:
  ///   - model: The vehicle; its motors' speed by voltage must be known.
  ///   - voltage: The battery's voltage under load. [V]
  ///   - pulses: The pulses of the motors at the start, where the flight is under way. [counts]
  /// - Throws: ``ControllerError`` where that is not known, or rotors are not where a Crazyflie's are.
  package init(
    model: QuadcopterModel, voltage: Double, startingFrom pulses: PerRotor<Double>? = nil
  ) throws(ControllerError) {
    motors = try CrazyflieMotors(model)
    try CrazyflieMotors.check(layoutOf: model)
    self.voltage = voltage
    start = pulses.map { CrazyflieMotors.request(of: $0, battery: voltage) }
  }

  package mutating func reset() { memory = Memory() }

  package var pulses: PerRotor<Double> { memory.pulses }

  package var request: CrazyflieMotors.Request { memory.request }

  package var estimate: DelayedEstimates.Estimate { memory.estimates.last }

  package mutating func rotorSpeeds(
    for state: DroneState<Double>, towards setpoint: CrazyflieSetpoint, every period: Double
  ) -> PerRotor<Double> {
    let estimate = memory.estimates.estimate(from: state, every: period)
    let yaw = RollPitchYaw(estimate.attitude).yaw
    if memory.modes != setpoint.modes {
      memory.modes = setpoint.modes
      restart(heading: yaw)
    }
    if let interval = memory.schedule.position.due(every: period) {
      memory.outer.run(
        estimate, yaw: yaw, towards: setpoint, gains, over: interval,
        startingFrom: start?.thrust)
    }
    if let interval = memory.schedule.attitude.due(every: period) {
      memory.request = request(estimate, towards: setpoint, over: interval)
      memory.pulses = motors.pulses(for: memory.request, battery: voltage)
    }
    return motors.speeds(for: memory.pulses, battery: voltage)
  }

  /// What the motors are asked for; all at rest, and the loops as at the start, where there is no thrust.
  private mutating func request(
    _ estimate: DelayedEstimates.Estimate, towards setpoint: CrazyflieSetpoint, over time: Double
  ) -> CrazyflieMotors.Request {
    let angles = RollPitchYaw(estimate.attitude)
    turn(towards: setpoint, over: time)
    let modes = setpoint.modes
    var wanted = memory.outer.output
    if modes.z == .disabled { wanted.thrust = setpoint.thrust }
    if modes.x == .disabled || modes.y == .disabled {
      (wanted.roll, wanted.pitch) = (Self.degrees * setpoint.roll, Self.degrees * setpoint.pitch)
    }
    guard wanted.thrust != 0 else {
      restart(heading: angles.yaw)
      return CrazyflieMotors.Request()
    }
    let rates = Self.degrees * setpoint.rates
    return memory.inner.request(
      angles, estimate.bodyRates, towards: wanted, heading: memory.heading,
      rates: (
        modes.roll == .velocity ? rates.x : nil, modes.pitch == .velocity ? rates.y : nil
      ), gains, over: time, startingFrom: start)
  }

  /// Moves the heading that is wanted by a setpoint, over a time. [s]
  private mutating func turn(towards setpoint: CrazyflieSetpoint, over time: Double) {
    if setpoint.modes.yaw == .velocity {
      memory.heading = (memory.heading + setpoint.rates.z * time)
        .remainder(dividingBy: 2 * .pi)
    } else if setpoint.modes.yaw == .absolute {
      memory.heading = setpoint.yaw
    } else if setpoint.modes.attitude == .absolute {
      memory.heading = RollPitchYaw(setpoint.attitude).yaw
    }
  }

  /// Forgets what the loops have summed up, so that another kind of setpoint does not begin with a bump. [rad]
  private mutating func restart(heading: Double) {
    (memory.outer, memory.inner) = (CrazyfliePositionLoop(), CrazyflieAttitudeLoop())
    memory.heading = heading
  }
}
