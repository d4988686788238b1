import Configuration
import Control
import Drone
import FlightLogs
import Foundation
import Recording
import Synchronization

/// Reads the recordings that replays fly, each file once.
final class RecordedFlights: Sendable {
  private let folder: URL
  private let flights = Mutex<[String: TrajectoryFile]>([:])
  /// The columns of a recording that are flown; others are passed over.
  static let columns =
    [
      FileColumn("t", "the time, later from row to row of a drone", unit: "s"),
      FileColumn("drone", "which drone of the scenario flies the row, from 0", unit: "–"),
    ]
    + (0..<4).map {
      FileColumn("rpm\($0)", "the speed of rotor \($0) over the step that ends at t", unit: "rpm")
    }

  /// Recordings whose relative paths start from a folder.
  init(folder: URL) { self.folder = folder }

  /// One drone's rows of a file.
  struct Recording {
    /// The file, as it is written.
    let file: String
    /// What flies the rows.
    let replay: ReplayController
    /// How often things happened in the recorded flight, where that is known.
    let rates: RecordedRates?
  }

  /// The log of a real flight, if the value names one.
  ///
  /// - Parameter value: Where the scenario names a file.
  /// - Returns: The log and the file's name, or `nil` for another file, or one that cannot be read as a log.
  func log(_ value: ValueReader) -> Result<(file: String, log: FlightLog), FlightLogError>? {
    guard let file = value.string(expected: "a CSV file") else { return nil }
    let path = URL(fileURLWithPath: file, relativeTo: folder).relativePathFromHere
    guard let kind = try? LogKind(ofFile: path), kind != .other else { return nil }
    do throws(FlightLogError) {
      return .success((file, try FlightLog(contentsOf: path)))
    } catch { return .failure(error) }
  }

  /// The replay of one drone's rows of a file.
  func replay(_ value: ValueReader, drone: Int) -> Recording? {
    guard let file = value.string(expected: "a CSV file") else { return nil }
    do throws(CSVError) {
      let flight = try flight(file)
      let times = flight.times(ofDrone: drone)
      guard let last = times.last, last > 0 else {
        return value.reject("has no rows of drone \(drone)", expected: "rows with times above 0 s")
      }
      let columns = Self.columns.suffix(4).map { flight.values($0.name, ofDrone: drone) }
      let speeds = times.indices.map {
        PerRotor(columns[0][$0], columns[1][$0], columns[2][$0], columns[3][$0])
      }
      let url = URL(fileURLWithPath: file, relativeTo: folder)
      return Recording(
        file: file, replay: ReplayController(times: times, speeds: speeds),
        rates: RecordedRates(inFolder: url.deletingLastPathComponent()))
    } catch {
      return value.reject("cannot be flown: \(error)")
    }
  }

  /// What a person did with the sticks of one drone in a recorded flight, and the file, as it is written.
  func sticks(_ value: ValueReader, drone: Int) -> (file: String, sticks: SticksRecording)? {
    guard let file = value.string(expected: "a CSV file") else { return nil }
    do throws(CSVError) {
      let flight = try flight(file, columns: SticksRecording.columns)
      guard flight.drones.contains(drone) else {
        return value.reject("has no rows of drone \(drone)", expected: "rows of the drone")
      }
      return (file, try SticksRecording(flight, drone: drone))
    } catch { return value.reject("cannot be flown: \(error)") }
  }

  /// The file of a name, with its columns but the first two, which every file has.
  private func flight(
    _ file: String, columns: [FileColumn] = RecordedFlights.columns
  ) throws(CSVError) -> TrajectoryFile {
    let names = columns.dropFirst(2).map(\.name)
    let key = ([file] + names).joined(separator: "\n")
    if let known = flights.withLock({ $0[key] }) { return known }
    let url = URL(fileURLWithPath: file, relativeTo: folder)
    let flight = try TrajectoryFile(contentsOf: url.relativePathFromHere, required: names)
    flights.withLock { $0[key] = flight }
    return flight
  }
}
