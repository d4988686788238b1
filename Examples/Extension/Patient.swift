import Swiftlet

/// Follows where its setpoint was a while ago, by the package's own PID.
struct Patient: Controller {
  private var pid: DerivedPID
  private var late: Vector<World, Double>?

  /// How long it lags behind. [s]
  private static let lag = 0.2

  init(model: QuadcopterModel, gravity: Double) throws(ControllerError) {
    pid = try DerivedPID(model: model, gravity: gravity)
  }

  mutating func reset() {
    pid.reset()
    late = nil
  }

  mutating func rotorSpeeds(
    for state: DroneState<Double>, tracking setpoint: Setpoint, at time: Double,
    every period: Double
  ) -> PerRotor<Double> {
    let before = late ?? setpoint.position
    let now = before + min(1, period / Self.lag) * (setpoint.position - before)
    late = now
    let target = Setpoint(position: now, velocity: setpoint.velocity, yaw: setpoint.yaw)
    return pid.rotorSpeeds(for: state, tracking: target, at: time, every: period)
  }
}
