package import Configuration
package import Control
import Drone
package import Foundation
import Recording
package import Scenario
import SpatialMath

/// A scenario that flies without an end of its own.
package struct ScenarioSource: LiveSource {
  /// Longer than a day. [s]
  private static let duration = 100_000.0

  package let movers: [Int]
  package let people: [Int: Sticks.Mode]
  private let specification: FlightSpecification
  private let catalogues: Catalogues
  private let record: String?

  /// A scenario to be flown.
  ///
  /// - Parameters:
  ///   - specification: What is flown; its duration does not count.
  ///   - catalogues: What names stand for.
  ///   - record: A new folder, for a flight of each start; `nil` to record nothing.
  /// - Throws: ``FlightError`` if it cannot be flown.
  package init(
    _ specification: FlightSpecification, catalogues: Catalogues = .standard, record: String? = nil
  ) throws(FlightError) {
    var specification = specification
    specification.duration = Self.duration
    (self.specification, self.catalogues, self.record) = (specification, catalogues, record)
    movers = try Flight(specification, catalogues: catalogues).movingObstacles
    people = specification.people
  }

  package var name: String { specification.name }
  package var takesPushes: Bool { true }
  package var weights: [Double] {
    specification.drones.map { $0.model.mass * specification.physics.gravity }
  }
  package var metadata: Data {
    (try? JSONEncoder().encode(FlightMetadata(specification))) ?? Data("{}".utf8)
  }

  package func start(_ number: Int) throws -> any LiveRun {
    let folder = try record.map { try RunFolder(at: "\($0)/flight-\(number)") }
    return try ScenarioRun(Flight(specification, catalogues: catalogues), folder: folder)
  }
}

/// A flight of a scenario, recorded where a folder is given.
final class ScenarioRun: LiveRun {
  let period: Double
  private var flight: Flight
  private var writer: FlightWriter?
  private let folder: RunFolder?

  init(_ flight: consuming Flight, folder: RunFolder?) throws(RecordingError) {
    period = 1 / flight.specification.rates.control
    self.folder = folder
    if let folder {
      var writer = try FlightWriter(of: flight, in: folder)
      try writer.append(&flight)
      self.writer = consume writer
    }
    self.flight = flight
  }

  var time: Double { flight.time }
  var instant: FlightInstant { flight.now() }

  func advance() throws -> LiveStep {
    guard !flight.isFinished else { return .over(nil) }
    guard flight.advance().isEmpty else {
      if let failure = flight.failure { throw failure }
      return .broken
    }
    if writer == nil {
      _ = flight.takeStickRows()
    } else if flight.isRecorded {
      try writer?.append(&flight)
    }
    return .going
  }

  func push(_ drone: Int, force: Vector<World, Double>) { flight.push(drone, force: force) }
  func fly(_ drone: Int, by sticks: Sticks?) { flight.fly(drone, by: sticks) }

  func finish() throws -> String? {
    guard let writer = writer.take() else { return nil }
    try writer.finish()
    return folder?.path
  }
}
