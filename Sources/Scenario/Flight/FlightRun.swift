public import Configuration
import Control
import Foundation
public import Recording
import Simulation

/// A scenario flown from start to end, into a run folder.
public struct FlightRun: Sendable {
  /// How far a flight has come.
  public struct Progress: Sendable {
    /// The time flown. [s]
    public var time: Double
    /// The time to fly. [s]
    public var duration: Double
  }

  /// Why a flight did not reach its end.
  public enum Failure: Error, Sendable {
    /// The scenario cannot be flown, or not to its end.
    case unflyable(FlightError)
    /// The recording failed.
    case unrecorded(RecordingError)
    /// A drone's state became infinite or not a number, after so many seconds.
    case nonFinite(time: Double)
    /// The caller stopped it, after so many seconds.
    case stopped(time: Double)
  }

  /// What is flown.
  package let specification: FlightSpecification
  /// What names stand for.
  package let catalogues: Catalogues

  /// A flight to come.
  public init(_ specification: FlightSpecification, catalogues: Catalogues = .standard) {
    (self.specification, self.catalogues) = (specification, catalogues)
  }

  /// Flies, and records into a folder: `trajectory.csv`, `metadata.json` beside it, and `obstacles.csv` if
  /// there are obstacles that move.
  ///
  /// - Parameters:
  ///   - folder: The folder of the run.
  ///   - continues: Told how far the flight has come after every recorded instant; answers whether to
  ///     go on.
  /// - Returns: How it went.
  /// - Throws: ``Failure`` if it did not reach its end; what it recorded keeps its partial name.
  public func fly(
    into folder: RunFolder, continues: (Progress) -> Bool = { _ in true }
  ) throws(Failure) -> FlightSummary {
    let start = ContinuousClock.now
    while true {
      var flight = try self.flight()
      let early: Failure?
      do throws(RecordingError) {
        var writer = try FlightWriter(of: flight, in: folder)
        early = try record(&flight, with: &writer, continues: continues)
        if early == nil { try writer.finish() }
      } catch { throw .unrecorded(error) }
      // Firmware that was started again has forgotten the flight, and begins it with the recording anew.
      if flight.hasBegunAgain {
        discard(in: folder)
        continue
      }
      if let early { throw early }
      return FlightSummary(
        of: specification, statistics: flight.statistics, simulated: flight.time,
        wall: ContinuousClock.now - start, folder: folder.path)
    }
  }

  /// The flight at its start.
  private func flight() throws(Failure) -> Flight {
    do throws(FlightError) { return try Flight(specification, catalogues: catalogues) } catch {
      throw .unflyable(error)
    }
  }

  /// Removes what a flight has left unfinished.
  private func discard(in folder: RunFolder) {
    for name in [TrajectoryWriter.fileName, ObstacleWriter.fileName, SticksRecording.fileName] {
      let path = folder.file(name) + TrajectoryWriter.partialSuffix
      try? FileManager.default.removeItem(atPath: path)
    }
  }

  /// Flies to the end, or to what ends it early.
  private func record(
    _ flight: inout Flight, with writer: inout FlightWriter, continues: (Progress) -> Bool
  ) throws(RecordingError) -> Failure? {
    try writer.append(&flight)
    while !flight.isFinished {
      guard flight.advance().isEmpty else {
        return flight.failure.map { .unflyable($0) } ?? .nonFinite(time: flight.time)
      }
      guard flight.isRecorded else { continue }
      try writer.append(&flight)
      let progress = Progress(time: flight.time, duration: specification.duration)
      guard continues(progress) else { return .stopped(time: flight.time) }
    }
    return nil
  }
}
