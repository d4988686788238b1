package import Drone
package import FlightLogs

extension ModelScore {
  /// The logs that can be flown again, each flown once.
  ///
  /// - Parameters:
  ///   - logs: The logs; those whose law is not known, or that lack something, are left out.
  ///   - model: The vehicle.
  ///   - settings: Which law flew each, and by which observer; random torque starts at the first seed.
  /// - Returns: The flights, in the order of the logs.
  /// - Throws: ``IdentificationError`` where the model does not say what logs need.
  package static func flights(
    of logs: [FlightLog], by model: QuadcopterModel, _ settings: Settings
  ) throws(IdentificationError) -> [ClosedLoopFlight] {
    var flights: [ClosedLoopFlight] = []
    for log in logs where log.setpoints != nil {
      guard let law = settings.law(log), let motion = LoggedMotion(log) else { continue }
      flights.append(
        try ClosedLoopFlight(
          motion, model: model, law: law, numbers: settings.observers.model,
          seed: settings.seeds.first ?? nil))
    }
    return flights
  }
}
