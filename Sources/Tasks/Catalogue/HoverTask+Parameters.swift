import Parameters
import SpatialMath

extension TaskEntry {
  /// Hovering with numbers of one's own.
  ///
  /// - Parameters:
  ///   - name: What the command calls it.
  ///   - task: The task in its usual setup.
  /// - Returns: The entry.
  static func hover(_ name: String, _ task: @escaping @Sendable () -> HoverTask) -> TaskEntry {
    TaskEntry(
      name,
      parameters: .vector(
        "target", "where to stay", unit: "m", in: .within(-1e6...1e6), default: Vector(0, 0, 1)),
      .tolerance, .halfWidth(usually: 1.5), .height
    ) { target, tolerance, halfWidth, height in
      var task = task()
      (task.target, task.tolerance) = (target, tolerance)
      (task.halfWidth, task.height) = (halfWidth, height)
      return task
    }
  }
}

extension Parameter<Double> {
  /// How near to its goal an episode has to end, to count as a success. [m]
  static let tolerance = Parameter.number(
    "tolerance", "how near to its goal an episode has to end to count as a success", unit: "m",
    in: .positive, default: 0.1)

  /// How far apart drones start along x and y. [m]
  static let spacing = spacing(usually: 0.3)

  /// How far apart drones start along x and y. [m]
  static func spacing(usually distance: Double) -> Parameter {
    .number(
      "spacing", "how far apart drones start along x and y", unit: "m", in: .positive(upTo: 1000),
      default: distance)
  }

  /// How far from the axis a drone may go along x and y. [m]
  static func halfWidth(usually width: Double) -> Parameter {
    .number(
      "half_width", "how far from the axis it may go along x and y", unit: "m", in: .positive,
      default: width)
  }

  /// How high a drone may go. [m]
  static let height = Parameter.number(
    "height", "how high it may go", unit: "m", in: .positive, default: 2)

  /// How far from the origin, or up, an episode goes on. [m]
  static let bound = Parameter.number(
    "bound", "how far off an episode is cut off", unit: "m", in: .positive, default: 15)
}
