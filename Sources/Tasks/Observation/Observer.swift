import Gym

/// What drones see, and where in their rows it stands.
struct Observer: Sendable {
  /// A part of what is seen, and its columns.
  struct PlacedPart: Sendable {
    let part: ObservationPart
    let columns: Range<Int>

    /// Its first column.
    var column: Int { columns.lowerBound }
  }

  let space: BoxSpace
  /// How many of the last actions are shown. [–]
  let actionsShown: Int
  /// Over how many of the last actions accelerations are shown. [–]
  let accelerationsShown: Int
  /// How many numbers that only the task knows are shown. [–]
  let featureCount: Int
  /// How many of the nearest others are shown. [–]
  let neighbourCount: Int
  /// Whether it shows where drones should be.
  let showsGoals: Bool
  /// The parts, in order.
  let parts: [PlacedPart]
  /// The parts that are written of the lanes of a group at once, in order.
  let groupParts: [PlacedPart]
  /// The parts that are written row by row, in order.
  let rowParts: [PlacedPart]
  /// The sensors, in order behind the parts, and the first column of each.
  let sensors: [(observed: ObservedSensor, column: Int)]

  init(_ setup: TaskSetup) {
    actionsShown = setup.observation.map(\.actionsShown).max() ?? 0
    accelerationsShown = setup.observation.map(\.accelerationsShown).max() ?? 0
    featureCount = setup.observation.map(\.featureCount).max() ?? 0
    neighbourCount = setup.observation.map(\.neighbourCount).max() ?? 0
    showsGoals = setup.observation.contains(where: \.showsGoal)
    var (parts, high): ([PlacedPart], [Float]) = ([], [])
    for part in setup.observation {
      let count = part.count(actionCount: setup.actionMode.count)
      parts.append(PlacedPart(part: part, columns: high.count..<high.count + count))
      high += Array(repeating: part.isBounded ? 1 : .infinity, count: count)
    }
    sensors = setup.sensors.map { observed in
      defer { high += Array(repeating: 1, count: observed.count) }
      return (observed, high.count)
    }
    guard let space = try? BoxSpace(low: high.map { -$0 }, high: high) else {
      preconditionFailure("bounds on either side of 0 leave room between them")
    }
    (self.space, self.parts) = (space, parts)
    groupParts = parts.filter { !$0.part.isByRow }
    rowParts = parts.filter(\.part.isByRow)
  }

  /// Up to which column there are parts that are written of a group at once.
  var groupColumnCount: Int { groupParts.last?.columns.upperBound ?? 0 }
}
