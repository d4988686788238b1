package import FlightLogs

/// Which law is said to have flown logs.
package enum LawChoice: String, CaseIterable, Sendable, Decodable {
  /// What column `controller` of a file flights.csv beside each log says.
  case listed
  /// ``ClosedLoopFlight/Law/pid``.
  case pid
  /// ``ClosedLoopFlight/Law/mellinger``.
  case mellinger
  /// None: logs are not to be flown again.
  case none

  /// The law that flew a log; `nil` where it is not known, or not to be flown.
  package func law(of log: FlightLog) -> ClosedLoopFlight.Law? {
    switch self {
    case .pid: return .pid
    case .mellinger: return .mellinger
    case .none: return nil
    case .listed:
      switch LogIndex(besideLog: log.path).law(ofLog: log.name) {
      case "mellinger": return .mellinger
      case "pid", "firmware": return .pid
      default: return nil
      }
    }
  }
}
