import Gym
import SpatialMath

/// How what a policy draws, around −1 to 1, becomes an action within the bounds of its space.
struct ActionBounds: Sendable, Hashable {
  /// The middle between the bounds. [–]
  let center: [Float]
  /// Half of the way between them. [–]
  let reach: [Float]
  /// Whether tanh brings numbers within the bounds, rather than clipping.
  let squashes: Bool

  init(_ box: BoxSpace, squashes: Bool) {
    center = zip(box.low, box.high).map { $0 / 2 + $1 / 2 }
    reach = zip(box.low, box.high).map { $1 / 2 - $0 / 2 }
    self.squashes = squashes
  }

  func bounded(_ value: Float, column: Int) -> Float {
    let unit = squashes ? Self.tanh(value) : min(max(value, -1), 1)
    return center[column] + reach[column] * unit
  }

  /// Writes what was drawn, brought within the bounds, as the actions of a batch.
  func write(_ drawn: FloatView, into batch: inout StepBatch) {
    let count = batch.layout.actionCount
    var rows = batch.rows
    for index in rows.actions.indices {
      rows.actions[index] = bounded(drawn[index], column: index % count)
    }
  }

  private static func tanh(_ value: Float) -> Float {
    Float(1 - 2 / ((2 * Double(value)).exponential() + 1))
  }
}
