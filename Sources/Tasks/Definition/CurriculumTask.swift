/// A task that is learned otherwise than it is played, such as from starts that an untrained drone would never come
/// to; evaluations are of the task itself.
package protocol CurriculumTask: DroneTask {
  /// The task as it is learned when a share of all steps has been played, from 0 to 1.
  ///
  /// Setup, drones and what an episode remembers stay as they are.
  func asLearned(after share: Double) -> Self
}
