/// A task as it is kept by what plays it.
///
/// It is a class, so that how large the keepers are does not depend on the task: otherwise each step would look
/// up their types at run time, which takes a tenth of a step of one environment.
final class PlayedTask<Task: DroneTask>: Sendable {
  let task: Task

  init(_ task: Task) { self.task = task }
}
