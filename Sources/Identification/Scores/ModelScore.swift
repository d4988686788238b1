import Control
package import Drone
package import FlightLogs
import SpatialMath
import Synchronization
package import Workers

/// All that logs tell of how true a model is.
package struct ModelScore: Sendable {
  /// What is not read from logs.
  package struct Settings: Sendable {
    /// The observers of the logs' origin.
    package var observers = ObserverPair.all[0]
    /// The battery's voltage of logs that do not say it. [V]
    package var voltage: Double?
    /// Which law flew a log; `nil` where it is not to be flown again.
    package var law: @Sendable (FlightLog) -> ClosedLoopFlight.Law?
    /// Where random torque starts, for each time that a log is flown again; `nil` for none.
    package var seeds: [UInt64?]

    /// The settings for logs of some origin.
    package init(
      observers: ObserverPair, voltage: Double? = nil, seeds: [UInt64?] = [nil],
      law: @escaping @Sendable (FlightLog) -> ClosedLoopFlight.Law?
    ) {
      (self.observers, self.voltage, self.seeds, self.law) = (observers, voltage, seeds, law)
    }
  }

  /// The guess that velocity and body rates stay.
  package var naive = OpenLoopScore()
  /// The model's predictions.
  package var openLoop = OpenLoopScore()
  /// The model's predictions, knowing of the law that answers.
  package var underControl = OpenLoopScore()
  /// What the model explains of acceleration.
  package var response = InputResponse()
  /// Thrust over weight.
  package var hover = HoverScore()
  /// Flights flown again.
  package var closedLoop = ClosedLoopScore()

  /// No logs yet.
  package init() {}

  /// The score of a model on some logs.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - logs: The logs.
  ///   - settings: What is not read from them.
  ///   - pool: The threads that share the logs.
  /// - Throws: ``IdentificationError`` where the model does not say what logs need.
  package init(
    of model: QuadcopterModel, on logs: [FlightLog], _ settings: Settings, pool: ThreadPool
  ) throws(IdentificationError) {
    let parts = Mutex(
      [Result<ModelScore, IdentificationError>?](repeating: nil, count: logs.count))
    pool.forEach(logs.count) { index in
      let part = Result { () throws(IdentificationError) in
        try ModelScore(of: model, on: logs[index], settings)
      }
      parts.withLock { $0[index] = part }
    }
    // In the order of the logs, whichever was done first.
    for part in parts.withLock({ $0 }) { if let part { add(try part.get()) } }
  }

  /// Takes the logs of another score in.
  package mutating func add(_ other: ModelScore) {
    naive.add(other.naive)
    openLoop.add(other.openLoop)
    underControl.add(other.underControl)
    response.add(other.response)
    hover.add(other.hover)
    closedLoop.add(other.closedLoop)
  }

  private init(
    of model: QuadcopterModel, on log: FlightLog, _ settings: Settings
  ) throws(IdentificationError) {
    let equations = try FlightEquations(model)
    let rotors = RotorSignals(
      following: try RotorCommands(log, by: equations.line, voltage: settings.voltage), equations)
    response = InputResponse(of: log, rotors: rotors, equations)
    hover = HoverScore(of: log, rotors: rotors)
    guard let motion = LoggedMotion(log) else { return }
    naive = .ofNoModel(motion)
    let observers = settings.observers
    openLoop = .score(of: Predictor(motion, rotors: rotors, equations, observers.model))
    underControl = .score(
      of: Predictor(motion, rotors: rotors, equations, observers.underControl))
    guard let law = settings.law(log), log.setpoints != nil else { return }
    for seed in settings.seeds {
      closedLoop.add(
        ClosedLoopScore(
          try ClosedLoopFlight(
            motion, model: model, law: law, numbers: observers.model, seed: seed)))
    }
  }
}
