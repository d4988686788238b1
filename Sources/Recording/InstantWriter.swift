/// Writes a flight, instant by instant: how drones move, and how obstacles do, if any does.
package struct InstantWriter: ~Copyable {
  private var trajectory: TrajectoryWriter
  private var obstacles: ObstacleWriter?

  /// Begins the files of a flight in a folder that holds no other unfinished one.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - readings: The names of columns for what drones measure.
  ///   - movers: The obstacles that move, counted among all of them.
  ///   - names: The names of all obstacles, in order.
  /// - Throws: Why a file cannot be made.
  package init(
    in folder: RunFolder, readings: [String] = [], movers: [Int], names: [String?]
  ) throws(RecordingError) {
    let trajectory = try TrajectoryWriter(in: folder, readings: readings)
    let areNamed = movers.contains { names[$0] != nil }
    let obstacles: ObstacleWriter? =
      movers.isEmpty ? nil : try ObstacleWriter(in: folder, names: areNamed ? names : [])
    self.trajectory = trajectory
    self.obstacles = obstacles
  }

  /// Writes the rows of one instant, and what the drones measured then, as ``TrajectoryWriter`` takes it.
  package mutating func append(
    _ instant: FlightInstant, readings: [Double] = []
  ) throws(RecordingError) {
    // First, so that whoever finds a row of a drone finds those of the obstacles about it.
    try obstacles?.append(instant.obstacles)
    try trajectory.append(instant.drones.span, readings: readings)
  }

  /// Makes sure that every row is on the disk, and gives the files their names, the trajectory last.
  package consuming func finish() throws(RecordingError) {
    switch consume obstacles {
    case .some(let obstacles): try obstacles.finish()
    case .none: break
    }
    try trajectory.finish()
  }
}
