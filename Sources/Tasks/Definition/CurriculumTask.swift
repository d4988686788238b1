/// A task that is learned otherwise than it is played, such as from starts that an untrained drone would never come
/// to; evaluations are of the task itself.
package protocol CurriculumTask: DroneTask {
  /// The task as it is learned.
  var asLearned: Self { get }
}
