package import Control
package import Drone
package import SpatialMath

/// Writes what a drone sees that flies outside of a task: the parts that take no other drone to know.
package struct SingleDroneObserver: Sendable {
  /// How many numbers it writes. [–]
  package let count: Int
  /// How many numbers of past actions it shows. [–]
  package let pastCount: Int
  /// Over how many of the last actions it shows accelerations. [–]
  package let accelerationsShown: Int
  private let parts: [ObservationPart]
  private let actionCount: Int

  /// The observer of a setup.
  ///
  /// - Throws: ``TaskError`` where a part cannot be seen outside of the task.
  package init(_ setup: TaskSetup) throws(TaskError) {
    if let observed = setup.sensors.first {
      throw TaskError("it looks at what a controller is not told: \(observed)")
    }
    parts = setup.observation
    actionCount = setup.actionMode.count
    for part in parts {
      switch part {
      case .neighbours, .ranges, .multiranger, .altitude, .features:
        throw TaskError("it looks at what a controller is not told: \(part)")
      default: continue
      }
    }
    accelerationsShown = parts.map(\.accelerationsShown).max() ?? 0
    pastCount = actionCount * (parts.map(\.actionsShown).max() ?? 0)
    count = parts.reduce(0) { $0 + $1.count(actionCount: setup.actionMode.count) }
  }

  /// Writes what the drone sees.
  ///
  /// - Parameters:
  ///   - state: How it moves.
  ///   - goal: How it should move.
  ///   - origin: What the goal is to a task that shows places as they are, without the goal. [m]
  ///   - past: The last actions, the oldest first.
  ///   - felt: What it has felt, in one row.
  ///   - row: The numbers, all overwritten.
  package func write(
    _ state: DroneState<Double>, goal: Setpoint, origin: Vector<World, Double>,
    past: Span<Float>, felt: FeltRecords, into row: inout MutableSpan<Float>
  ) {
    var writer = RowWriter<Double>(0..<count, in: row)
    var column = 0
    for part in parts {
      let width = part.count(actionCount: actionCount)
      defer { column += width }
      switch part {
      case .positionError(let scale, let axes):
        state.write(
          goal.position - state.position, along: axes, over: scale, with: &writer, to: &row)
      case .velocityError(let scale):
        writer.appendBounded(goal.velocity - state.velocity, over: scale, to: &row)
      case .lastActions(let count):
        for index in past.count - count * actionCount..<past.count {
          writer.append(Double(past[index]), to: &row)
        }
      case .accelerations(let count, let scale, let turnScale):
        felt.write(
          count, scale: scale, turnScale: turnScale, of: 0..<1, to: &row, at: column,
          of: self.count)
        writer.skip(width)
      case .gpdState:
        var moved = state
        moved.position = state.position - goal.position + origin
        moved.write(part, with: &writer, to: &row)
      default: state.write(part, with: &writer, to: &row)
      }
    }
  }
}
