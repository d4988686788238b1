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

extension LawChoice: ExpressibleByArgument {}
