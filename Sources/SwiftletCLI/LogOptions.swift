import ArgumentParser
import FlightLogs
import Foundation
import Identification
import Swiftlet

/// The logs and the model that `score` and `identify` work on.
struct LogInput {
  /// The logs of some files.
  static func logs(_ paths: [String]) throws -> [FlightLog] {
    try paths.map { path in
      do throws(FlightLogError) { return try FlightLog(contentsOf: path) } catch {
        throw CommandFailure.input(error.description)
      }
    }
  }

  /// The model of a name or a URDF file.
  static func model(_ name: String) throws -> QuadcopterModel {
    do throws(ModelError) {
      if name.hasSuffix(".urdf") {
        return try QuadcopterModel(contentsOf: URL(fileURLWithPath: name)) { standardError($0) }
      }
      return try ModelCatalogue.standard.model(named: name)
    } catch { throw CommandFailure.input(error.description) }
  }
}

/// Which law is said to have flown logs.
enum LawChoice: String, CaseIterable, ExpressibleByArgument {
  case listed, pid, mellinger, none

  /// The law that flew a log; `nil` where it is not known, or not to be flown.
  func law(of log: FlightLog) -> ClosedLoopFlight.Law? {
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
