import Gym
import Randomness

/// A task as it is kept by what plays it.
///
/// It is a class, so that how large the keepers are does not depend on the task: otherwise each step would look
/// up their types at run time, which takes a tenth of a step of one environment.
final class PlayedTask<Task: DroneTask>: Sendable {
  let task: Task

  init(_ task: Task) { self.task = task }

  // To ask the task from elsewhere would copy it.

  /// Begins an episode.
  func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> Task.Memory {
    task.begin(&start, using: &random)
  }

  /// Judges a step of many worlds.
  func judge(_ episodes: inout Episodes<Task.Memory>, into rows: inout StepRows) {
    task.judge(&episodes, into: &rows)
  }

  /// Says of many drones where they should be, and their features.
  func describe(
    _ worlds: Range<Int>, of episodes: inout Episodes<Task.Memory>, into outputs: inout TaskOutputs
  ) { task.describe(worlds, of: &episodes, into: &outputs) }
}
