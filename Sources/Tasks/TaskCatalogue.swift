/// The tasks that a name can stand for.
///
/// A program of your own adds its tasks with ``register(_:)``.
public struct TaskCatalogue: Sendable {
  /// One task.
  public struct Entry: Sendable {
    /// What the command calls it.
    public var name: String
    /// The task in its usual setup.
    public var task: @Sendable () -> any DroneTask

    /// A task under a name.
    public init(_ name: String, task: @escaping @Sendable () -> any DroneTask) {
      (self.name, self.task) = (name, task)
    }
  }

  /// The tasks, in the order in which they are listed.
  public private(set) var entries: [Entry]

  /// The tasks that come with the package.
  public static let standard = TaskCatalogue(entries: [
    Entry("hover") { HoverTask() },
    Entry("multi-hover") { MultiHoverTask() },
    Entry("velocity") { VelocityTask() },
    Entry("control") { ControlTask() },
    Entry("takeoff") { TakeoffTask() },
    Entry("fly-through-gate") { FlyThroughGateTask() },
    Entry("tune") { TuneTask() },
    Entry("leader-follower") { LeaderFollowerTask() },
    Entry("flock") { FlockTask() },
    Entry("meetup") { MeetupTask() },
    Entry("trajectory") { TrajectoryTask() },
    Entry("landing") { LandingTask() },
    Entry("formation") { FormationTask() },
    Entry("navigation") { NavigationTask() },
    Entry("gate-racing") { GateRacingTask() },
    Entry("vision-hover") { HoverTask.vision() },
    Entry("gpd-hover") { GPDHoverTask.hover() },
    Entry("gpd-multi-hover") { GPDHoverTask.multiHover() },
    Entry("gpd-vision-hover") { GPDHoverTask.visionHover() },
  ])

  /// Adds a task, or puts it in the place of the one of that name.
  public mutating func register(_ entry: Entry) {
    if let index = entries.firstIndex(where: { $0.name == entry.name }) {
      entries[index] = entry
    } else {
      entries.append(entry)
    }
  }

  /// The task of some name.
  public subscript(name: String) -> Entry? { entries.first { $0.name == name } }

  /// The names, in the order in which they are listed.
  public var names: [String] { entries.map(\.name) }
}
