import Configuration
import Drone
import Simulation

/// How a flight went.
public struct FlightSummary: Sendable, Encodable {
  /// How one drone did.
  public struct Drone: Sendable, Encodable {
    /// Its model.
    package var model: String
    /// What controlled it.
    package var controller: ControllerSpecification
    /// How well it did.
    public var tracking: TrackingStatistics
    /// What to tell of it, if anything.
    package var note: String?

    private enum CodingKeys: String, CodingKey {
      case model, controller, tracking
    }
  }

  /// What the flight is called.
  package var name: String
  /// The drones, in order.
  public var drones: [Drone]
  /// The time flown. [s]
  public var simulatedSeconds: Double
  /// The time it took. [s]
  public var wallSeconds: Double
  /// The time flown over the time it took. [–]
  public var realTimeFactor: Double
  /// The folder with the recording.
  package var folder: String

  /// How a flight went.
  ///
  /// - Parameters:
  ///   - specification: What was flown.
  ///   - statistics: How each drone did.
  ///   - simulated: The time flown. [s]
  ///   - wall: The time it took.
  ///   - folder: The folder with the recording; empty without one.
  package init(
    of specification: FlightSpecification, statistics: [TrackingStatistics], simulated: Double,
    wall: Duration, folder: String = ""
  ) {
    name = specification.name
    drones = zip(specification.drones, statistics).map { drone, tracking in
      // One that starts too fast was told of when the scenario was read.
      let startsSound = tracking.firstTurn.flatMap(FlightPhysics.energyNote) == nil
      let isNoted = startsSound && specification.physics.preset == .accurate
      return Drone(
        model: drone.modelName, controller: drone.controller, tracking: tracking,
        note: isNoted ? FlightPhysics.energyNote(onTurning: tracking.largestTurn) : nil)
    }
    simulatedSeconds = simulated
    wallSeconds = wall / .seconds(1)
    realTimeFactor = simulated / max(wallSeconds, 1e-9)
    self.folder = folder
  }
}
