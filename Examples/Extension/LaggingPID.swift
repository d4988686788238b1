import Swiftlet

/// Follows where its setpoint was a while ago, by the package's own PID.
struct LaggingPID: Controller {
  private var pid: DerivedPID
  private var smoothed: Vector<World, Double>?
  /// How long it lags behind. [s]
  private let lag: Double

  init(model: QuadcopterModel, gravity: Double, lag: Double) throws(ControllerError) {
    pid = try DerivedPID(model: model, gravity: gravity)
    self.lag = lag
  }

  mutating func reset() {
    pid.reset()
    smoothed = nil
  }

  mutating func rotorSpeeds(
    for state: DroneState<Double>, tracking setpoint: Setpoint, at time: Double,
    every period: Double
  ) -> PerRotor<Double> {
    let before = smoothed ?? setpoint.position
    let now = before + min(1, period / lag) * (setpoint.position - before)
    smoothed = now
    let target = Setpoint(
      position: now, velocity: setpoint.velocity, yaw: setpoint.yaw, yawRate: setpoint.yawRate)
    return pid.rotorSpeeds(for: state, tracking: target, at: time, every: period)
  }
}

extension LaggingPID {
  static let entry = ControllerCatalogue.Entry(
    name: "lagging", summary: "the PID behind a smoothed setpoint",
    parameters: .number("lag", "how far it lags behind", unit: "s", in: .positive, default: 0.2)
  ) { (model, gravity, lag) throws(ControllerError) in
    try LaggingPID(model: model, gravity: gravity, lag: lag)
  }
}
