import Configuration
import Control
import CSwiftlet
import Drone
import Foundation
import Geometry
import Pictures
import Recording
import Scenario
import Simulation
import SpatialMath

/// A scenario that is flown step by step.
final class Flights: Held {
  private var flight: Flight
  private var instants: [FlightInstant] = []
  private var readings: [[Double]] = []
  private var isTaken: [Bool]
  private var isBroken = false

  override class var kind: String { "handle of a flight" }

  init(_ specification: FlightSpecification) throws {
    flight = try Flight(specification)
    isTaken = specification.drones.map { _ in false }
    super.init()
    record()
  }

  /// How many drones there are.
  var droneCount: Int { isTaken.count }
  /// Whether it has reached its end.
  var isOver: Bool { flight.isFinished || isBroken }
  /// The time since the start. [s]
  var time: Double { flight.time }
  /// The time at the end. [s]
  var duration: Double { flight.specification.duration }
  /// The time between two commands. [s]
  var controlPeriod: Double { 1 / flight.specification.rates.control }
  /// How many rows are recorded.
  var rowCount: Int { instants.count * droneCount }
  /// The names of a row's columns.
  var columns: [String] { TrajectorySample.columns + flight.readingNames }

  /// Has the caller fly a drone from now on.
  func take(_ drone: Int) { isTaken[drone] = true }

  /// Whether the caller flies some drone.
  var hasTaken: Bool { isTaken.contains(true) }

  /// Flies on to the next command, or to the end.
  func advance(_ speeds: (Int) -> PerRotor<Double>) throws {
    guard !isOver else { throw Failure(.badState, "the flight is over") }
    for drone in isTaken.indices where isTaken[drone] {
      flight.command(drone, rotorSpeeds: speeds(drone))
    }
    repeat {
      guard flight.advance().isEmpty else {
        isBroken = true
        if let failure = flight.failure { throw failure }
        throw Failure(
          .notFinite,
          "a drone's state is no longer finite, or beyond 10⁶ m/s or rad/s, at \(flight.time) s")
      }
      if flight.isRecorded { record() }
    } while !flight.isFinished && !flight.isCommanded
  }

  private func record() {
    instants.append(flight.now())
    readings.append(flight.readings)
  }

  /// How a drone moves, as its sensors say.
  func state(of drone: Int) -> DroneState<Double> { flight.seenState(of: drone) }

  /// Where a drone should be, if its reference says.
  func reference(of drone: Int) -> TrajectorySample.Reference? { flight.instant[drone].reference }

  /// How many points of a drone touched something at once since the last command. [–]
  func contactCount(of drone: Int) -> Int { flight.contactCount(of: drone) }

  /// The numbers of a row, NaN for what is empty.
  func numbers(ofRow row: Int) -> [Double] {
    let (instant, drone) = (row / droneCount, row % droneCount)
    let width = flight.readingNames.count
    return instants[instant].drones[drone].numbers
      + readings[instant][drone * width..<(drone + 1) * width]
  }

  /// How each drone has followed its reference.
  var summary: [DroneSummary] {
    zip(flight.specification.drones, flight.statistics).map {
      DroneSummary(model: $0.modelName, tracking: $1)
    }
  }

  /// Writes the recording into a new folder.
  func write(to path: String, pictures: Bool) throws {
    let folder = try RunFolder(at: path)
    var writer = try InstantWriter(
      in: folder, readings: flight.readingNames, movers: flight.movingObstacles,
      names: flight.specification.world.obstacles.map(\.name))
    for (instant, readings) in zip(instants, readings) {
      try writer.append(instant, readings: readings)
    }
    try writer.finish()
    try writeMetadata(
      FlightMetadata(flight.specification), to: folder.file(FlightMetadata.fileName))
    if pictures { try FlightPictures.write(into: folder) }
  }
}

/// How one drone has followed its reference.
struct DroneSummary: Encodable {
  let model: String
  let tracking: TrackingStatistics
}

extension TrajectorySample {
  /// The numbers in the order of ``columns``.
  fileprivate var numbers: [Double] {
    let angles = RollPitchYaw(attitude)
    var numbers = [time, Double(drone)] + position.array + attitude.array
    numbers += [angles.roll, angles.pitch, angles.yaw] + velocity.array + angularVelocity.array
    for rotor in rotorSpeeds.indices { numbers.append(rotorSpeeds[rotor]) }
    let empty = [Double](repeating: .nan, count: 7)
    numbers += reference.map { $0.position.array + $0.velocity.array + [$0.yaw] } ?? empty
    return numbers + [Double(contacts)]
  }
}
