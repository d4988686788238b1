/// Why an environment refused what was asked of it.
///
/// Whatever is refused changes nothing: the environment and the buffers stay as they were.
public enum GymError: Error, Hashable, Sendable {
  /// A buffer or list has the wrong length.
  case wrongCount(of: String, expected: Int, actual: Int)
  /// A batch of buffers was made for another environment.
  case wrongLayout(expected: BatchLayout, actual: BatchLayout)
  /// Images were made for another camera.
  case wrongImages(expected: [ImageSpace], actual: [ImageSpace])
  /// A space has a lower bound that is not below its upper bound.
  case emptyRange(index: Int, low: Float, high: Float)
  /// A discrete space has no choices, or more than a `Float` can count.
  case noChoice(count: Int)
  /// A number of an action is not finite, or no choice of a discrete space.
  case badAction(row: Int, column: Int, value: Float)
  /// An environment was stepped before its first reset.
  case notReset
  /// An environment was stepped after its episode ended, though it does not reset by itself.
  case episodeOver(environment: Int)
  /// An environment was used after it was closed.
  case closed
  /// A step lacks the action of an agent, or has one for an agent that is not there.
  case wrongAgent(String)
  /// A view of one environment was asked for one that resets by itself.
  case resetsByItself
  /// A snapshot does not fit the environment it was to be restored to.
  case foreignSnapshot(String)
}

extension GymError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .wrongCount(let what, let expected, let actual):
      "expected \(expected) \(what), not \(actual)"
    case .wrongLayout(let expected, let actual):
      "these buffers are for \(actual), but the environment has \(expected)"
    case .wrongImages(let expected, let actual):
      "these images are \(actual), but the camera's are \(expected)"
    case .emptyRange(let index, let low, let high):
      "the bounds of number \(index) leave nothing between them: \(low) to \(high)"
    case .noChoice(let count):
      "a discrete space has from 1 to 16777216 choices, not \(count)"
    case .badAction(let row, let column, let value):
      "the action in row \(row), column \(column) is \(value), which is no action at all"
    case .notReset: "reset the environment before its first step"
    case .episodeOver(let environment):
      "the episode of environment \(environment) is over: reset it before its next step"
    case .closed: "the environment is closed"
    case .wrongAgent(let name): "there must be one action for each live agent: look at '\(name)'"
    case .resetsByItself:
      "make the environment with automatic resets disabled to view it as a single one"
    case .foreignSnapshot(let reason): "the snapshot is of another environment: \(reason)"
    }
  }
}
