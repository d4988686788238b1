/// Where everything is at one instant of a flight.
package struct FlightInstant: Sendable {
  /// A row a drone.
  package var drones: [TrajectorySample]
  /// A row an obstacle that moves.
  package var obstacles: [ObstacleSample]

  /// An instant with these rows.
  package init(drones: [TrajectorySample] = [], obstacles: [ObstacleSample] = []) {
    (self.drones, self.obstacles) = (drones, obstacles)
  }
}
