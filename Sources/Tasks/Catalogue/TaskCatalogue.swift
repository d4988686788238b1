public import Parameters

/// The tasks that a name can stand for.
///
/// A program of your own adds its tasks with `register(_:)`.
public typealias TaskCatalogue = Catalogue<TaskEntry>

extension TaskCatalogue {
  /// The tasks that come with the package.
  public static var standard: TaskCatalogue {
    TaskCatalogue([
      Entry("hover") { HoverTask() },
      Entry("multi-hover", drones: 2) { MultiHoverTask(agentCount: $0) },
      Entry("velocity") { VelocityTask() },
      Entry("control") { ControlTask() },
      Entry("takeoff") { TakeoffTask() },
      Entry("fly-through-gate") { FlyThroughGateTask() },
      Entry("tune") { TuneTask() },
      Entry("leader-follower", drones: 2) { PursuitTask(.leaderFollower, agentCount: $0) },
      Entry("flock", drones: 2) { PursuitTask(.flock, agentCount: $0) },
      Entry("meetup", drones: 2) { PursuitTask(.meetup, agentCount: $0) },
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
  }
}

/// A task under a name.
public struct TaskEntry: CatalogueEntry {
  public let name: String
  /// How many drones take part unless said otherwise; `nil` where the task has its own number.
  package let usualDroneCount: Int?
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
  ///   - drones: How many drones take part unless said otherwise.
  ///   - task: The task for so many drones.
  public init(
    _ name: String, drones: Int, task: @escaping @Sendable (_ drones: Int) -> any DroneTask
  ) {
    self.name = name
    usualDroneCount = drones
    make = task
  }

  public var summary: String { task().contract.summary }

  /// The task in its usual setup.
  package func task() -> any DroneTask { make(usualDroneCount ?? 1) }

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
