import Configuration
import Geometry
import Recording

/// Writes a flight: how drones move, and how obstacles do, if any does.
struct FlightWriter: ~Copyable {
  private var trajectory: TrajectoryWriter
  private var obstacles: ObstacleWriter?

  /// Begins the files of a flight in a folder.
  init(of flight: borrowing Flight, in folder: RunFolder) throws(RecordingError) {
    let trajectory = try TrajectoryWriter(in: folder, readings: flight.readingNames)
    let names = flight.specification.world.obstacles.map(\.name)
    let areNamed = flight.movingObstacles.contains { names[$0] != nil }
    obstacles =
      flight.movingObstacles.isEmpty
      ? nil : try ObstacleWriter(in: folder, names: areNamed ? names : [])
    self.trajectory = trajectory
  }

  /// Writes the rows of the present instant.
  mutating func append(_ flight: inout Flight) throws(RecordingError) {
    // First, so that whoever finds a row of a drone finds those of the obstacles about it.
    try obstacles?.append(flight.obstacles())
    try trajectory.append(flight.instant.span, readings: flight.readings)
  }

  /// Makes sure that every row is on the disk, and gives the files their names, the trajectory last.
  consuming func finish() throws(RecordingError) {
    switch consume obstacles {
    case .some(let obstacles): try obstacles.finish()
    case .none: break
    }
    try trajectory.finish()
  }
}
