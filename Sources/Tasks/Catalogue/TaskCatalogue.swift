/// The tasks that a name can stand for.
///
/// A program of your own adds its tasks with ``register(_:)``.
public struct TaskCatalogue: Sendable {
  /// One task.
  public struct Entry: Sendable {
    /// What the command calls it.
    public var name: String
    /// How many drones take part, if nobody asks for another number; `nil` where the task has its own.
    public let usualDroneCount: Int?
    private let make: @Sendable (Int) -> any DroneTask

    /// A task under a name.
    public init(_ name: String, task: @escaping @Sendable () -> any DroneTask) {
      self.name = name
      usualDroneCount = nil
      make = { _ in task() }
    }

    /// A task for any number of drones under a name.
    ///
    /// - Parameters:
    ///   - name: What the command calls it.
    ///   - drones: How many drones take part, if nobody asks for another number.
    ///   - task: The task for so many drones.
    public init(
      _ name: String, drones: Int, task: @escaping @Sendable (_ drones: Int) -> any DroneTask
    ) {
      self.name = name
      usualDroneCount = drones
      make = task
    }

    /// The task in its usual setup.
    public func task() -> any DroneTask { make(usualDroneCount ?? 1) }

    /// The task in its usual setup, for a number of drones.
    ///
    /// - Parameter drones: How many, or `nil` for as many as it usually has.
    /// - Returns: The task.
    /// - Throws: ``TaskError`` where it is not for so many.
    public func task(drones: Int?) throws(TaskError) -> any DroneTask {
      let task = task()
      guard let drones, drones != task.agentCount else { return task }
      guard usualDroneCount != nil, (1...1000).contains(drones) else {
        let own = task.agentCount == 1 ? "1 drone" : "\(task.agentCount) drones"
        throw TaskError(
          "\(name) is for \(usualDroneCount == nil ? own : "1 to 1000 drones"), not for \(drones)")
      }
      return make(drones)
    }
  }

  /// The tasks, in the order in which they are listed.
  public private(set) var entries: [Entry]

  /// The tasks that come with the package.
  public static let standard = TaskCatalogue(entries: [
    Entry("hover") { HoverTask() },
    Entry("multi-hover", drones: 2) { MultiHoverTask(agentCount: $0) },
    Entry("velocity") { VelocityTask() },
    Entry("control") { ControlTask() },
    Entry("takeoff") { TakeoffTask() },
    Entry("fly-through-gate") { FlyThroughGateTask() },
    Entry("tune") { TuneTask() },
    Entry("leader-follower", drones: 2) { LeaderFollowerTask(agentCount: $0) },
    Entry("flock", drones: 2) { FlockTask(agentCount: $0) },
    Entry("meetup", drones: 2) { MeetupTask(agentCount: $0) },
    Entry("trajectory") { TrajectoryTask() },
    Entry("landing") { LandingTask() },
    Entry("formation", drones: 4) { FormationTask(agentCount: $0) },
    Entry("navigation") { NavigationTask() },
    Entry("gate-racing") { GateRacingTask() },
    Entry("vision-hover") { HoverTask.vision() },
    Entry("gpd-hover") { GPDHoverTask.hover() },
    Entry("gpd-hover-1d") { GPDHoverTask.hover(action: .collective(authority: 0.05)) },
    Entry("gpd-multi-hover", drones: 2) { GPDHoverTask.multiHover(agentCount: $0) },
    Entry("gpd-multi-hover-1d", drones: 2) {
      GPDHoverTask.multiHover(agentCount: $0, action: .collective(authority: 0.05))
    },
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
