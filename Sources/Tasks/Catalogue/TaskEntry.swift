public import Parameters

/// A task under a name.
///
/// Its parameters are the numbers of its own that files, commands and Python may change:
///
///     TaskEntry("climb", parameters: .number("height", "how far up", unit: "m", default: 2)) {
///       ClimbTask(height: $0)
///     }
///
/// `swiftlet train climb --set height=3` then learns another. All of them have defaults, with which the
/// task can be played; names that every task has, such as `model`, belong to the setup.
public struct TaskEntry: CatalogueEntry {
  public let name: String
  /// How many drones may take part.
  package let droneCounts: ClosedRange<Int>
  /// Makes the task for a number of drones.
  package let factory: Factory<Int, any DroneTask, ParameterError>
  private let usual: any DroneTask

  /// A task under a name.
  ///
  /// - Parameters:
  ///   - name: What the command calls it.
  ///   - parameters: The numbers of its own, each with a default.
  ///   - task: The task of values of these parameters, in their order.
  public init<each Value>(
    _ name: String, parameters: repeat Parameter<each Value>,
    task: @escaping @Sendable (repeat each Value) throws(ParameterError) -> any DroneTask
  ) {
    let factory = Factory<Int, any DroneTask, ParameterError>(repeat each parameters) {
      (_: Int, values: repeat each Value) throws(ParameterError) in try task(repeat each values)
    }
    self.init(name, factory, drones: nil, least: 1)
  }

  /// A task for any number of drones under a name.
  ///
  /// - Parameters:
  ///   - name: What the command calls it.
  ///   - drones: How many drones take part unless said otherwise.
  ///   - least: How many take part at least.
  ///   - parameters: The numbers of its own, each with a default.
  ///   - task: The task for so many drones, of values of these parameters in their order.
  public init<each Value>(
    _ name: String, drones: Int, atLeast least: Int = 1, parameters: repeat Parameter<each Value>,
    task:
      @escaping @Sendable (_ drones: Int, repeat each Value) throws(ParameterError) ->
      any DroneTask
  ) {
    let factory = Factory<Int, any DroneTask, ParameterError>(repeat each parameters) {
      (drones: Int, values: repeat each Value) throws(ParameterError) in
      try task(drones, repeat each values)
    }
    self.init(name, factory, drones: drones, least: least)
  }

  private init(
    _ name: String, _ factory: Factory<Int, any DroneTask, ParameterError>, drones: Int?,
    least: Int
  ) {
    guard let values = factory.defaults, let usual = try? factory.make(drones ?? 1, values) else {
      preconditionFailure("the parameters of the task \(name) have defaults that can be played")
    }
    (self.name, self.factory, self.usual) = (name, factory, usual)
    droneCounts = drones == nil ? usual.agentCount...usual.agentCount : least...1000
  }

  public var summary: String { usual.contract.summary }

  /// The task in its usual setup.
  package func task() -> any DroneTask { usual }

  /// The task in its usual setup, for a number of drones.
  ///
  /// - Parameter drones: How many, or `nil` for as many as it usually has.
  /// - Returns: The task.
  /// - Throws: ``TaskError`` where it is not for so many.
  public func task(drones: Int?) throws(TaskError) -> any DroneTask {
    guard let drones, drones != usual.agentCount else { return usual }
    guard droneCounts.contains(drones), let values = factory.defaults,
      let task = try? factory.make(drones, values)
    else {
      let own = usual.agentCount == 1 ? "1 drone" : "\(usual.agentCount) drones"
      throw TaskError(
        "\(name) is for \(droneCounts.count == 1 ? own : "\(droneCounts.lowerBound) to 1000 drones"), not for \(drones)"
      )
    }
    return task
  }
}
