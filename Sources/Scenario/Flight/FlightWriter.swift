import Configuration
import Control
import Geometry
package import Recording

/// Writes a flight: how drones move, how obstacles do, if any does, and what people do, if any flies.
package struct FlightWriter: ~Copyable {
  private var instants: InstantWriter
  private var sticks: NumberWriter?

  /// Begins the files of a flight in a folder, with its metadata.
  package init(of flight: borrowing Flight, in folder: RunFolder) throws(RecordingError) {
    let instants = try InstantWriter(
      in: folder, readings: flight.readingNames, movers: flight.movingObstacles,
      names: flight.specification.world.obstacles.map(\.name))
    try writeMetadata(
      FlightMetadata(flight.specification), to: folder.file(FlightMetadata.fileName))
    sticks =
      flight.dronesOfPeople.isEmpty
      ? nil
      : try NumberWriter(
        named: SticksRecording.fileName, in: folder, columns: SticksRecording.columns.map(\.name))
    self.instants = instants
  }

  /// Writes the rows of the present instant.
  package mutating func append(_ flight: inout Flight) throws(RecordingError) {
    try sticks?.append(flight.takeStickRows())
    try instants.append(flight.now(), readings: flight.readings)
  }

  /// Makes sure that every row is on the disk, and gives the files their names, the trajectory last.
  package consuming func finish() throws(RecordingError) {
    switch consume sticks {
    case .some(let sticks): try sticks.finish()
    case .none: break
    }
    try instants.finish()
  }
}
