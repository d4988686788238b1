import Configuration
import Control
import Geometry
package import Recording

/// Writes a flight: how drones move, how obstacles do, if any does, and what people do, if any flies.
package struct FlightWriter: ~Copyable {
  private var trajectory: TrajectoryWriter
  private var obstacles: ObstacleWriter?
  private var sticks: NumberWriter?

  /// Begins the files of a flight in a folder, with its metadata.
  package init(of flight: borrowing Flight, in folder: RunFolder) throws(RecordingError) {
    let trajectory = try TrajectoryWriter(in: folder, readings: flight.readingNames)
    let names = flight.specification.world.obstacles.map(\.name)
    let areNamed = flight.movingObstacles.contains { names[$0] != nil }
    let obstacles: ObstacleWriter? =
      flight.movingObstacles.isEmpty
      ? nil : try ObstacleWriter(in: folder, names: areNamed ? names : [])
    try writeMetadata(
      FlightMetadata(flight.specification), to: folder.file(FlightMetadata.fileName))
    sticks =
      flight.dronesOfPeople.isEmpty
      ? nil
      : try NumberWriter(
        named: SticksRecording.fileName, in: folder, columns: SticksRecording.columns.map(\.name))
    self.trajectory = trajectory
    self.obstacles = obstacles
  }

  /// Writes the rows of the present instant.
  package mutating func append(_ flight: inout Flight) throws(RecordingError) {
    // First, so that whoever finds a row of a drone finds those of the obstacles about it.
    try obstacles?.append(flight.obstacles())
    try sticks?.append(flight.takeStickRows())
    try trajectory.append(flight.instant.span, readings: flight.readings)
  }

  /// Makes sure that every row is on the disk, and gives the files their names, the trajectory last.
  package consuming func finish() throws(RecordingError) {
    switch consume obstacles {
    case .some(let obstacles): try obstacles.finish()
    case .none: break
    }
    switch consume sticks {
    case .some(let sticks): try sticks.finish()
    case .none: break
    }
    try trajectory.finish()
  }
}
