public import Parameters

/// The tasks that a name can stand for.
///
/// A program of your own adds its tasks with `register(_:)`.
public typealias TaskCatalogue = Catalogue<TaskEntry>

extension TaskCatalogue {
  /// The tasks that come with the package.
  public static var standard: TaskCatalogue {
    TaskCatalogue([
      .hover("hover") { HoverTask() },
      MultiHoverTask.entry,
      VelocityTask.entry,
      ControlTask.entry,
      TakeoffTask.entry,
      FlyThroughGateTask.entry,
      TuneTask.entry,
      PursuitTask.entry("leader-follower", .leaderFollower),
      PursuitTask.entry("flock", .flock),
      PursuitTask.entry("meetup", .meetup),
      TrajectoryTask.entry,
      LandingTask.entry,
      FormationTask.entry,
      SwarmTask.entry("swarm-swap", .circle),
      SwarmTask.entry("swarm-crossing", .grid),
      PursuitEvasionTask.entry,
      NavigationTask.entry,
      GateRacingTask.entry,
      AnyAirframeTask.entry,
      .hover("vision-hover") { HoverTask.vision() },
      GPDHoverTask.entry("gpd-hover") { GPDHoverTask.hover(at: $0) },
      GPDHoverTask.entry("gpd-hover-1d") {
        GPDHoverTask.hover(action: .collective(authority: 0.05), at: $0)
      },
      GPDHoverTask.entry("gpd-multi-hover") {
        GPDHoverTask.multiHover(agentCount: $0, spacing: $1)
      },
      GPDHoverTask.entry("gpd-multi-hover-1d") {
        GPDHoverTask.multiHover(
          agentCount: $0, spacing: $1, action: .collective(authority: 0.05))
      },
      GPDHoverTask.entry("gpd-vision-hover") { GPDHoverTask.visionHover(at: $0) },
    ])
  }
}
