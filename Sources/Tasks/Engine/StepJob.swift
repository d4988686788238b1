import Gym
import Synchronization

/// What is done of a step at once.
enum StepPart {
  /// All of it.
  case whole
  /// Drones fly, and the task judges.
  case flight
  /// Episodes end and begin, and drones see.
  case ending
}

/// A part of a step, and the buffers that the caller lends until it is done.
@safe
struct StepJob: Sendable {
  let part: StepPart
  let pointers: StepPointers
  /// Where the states go, if they are asked for.
  let states: TaskStatePointers?

  /// What of it some of the worlds do.
  func slice(worlds: Range<Int>) -> StepJob {
    unsafe StepJob(
      part: part, pointers: pointers.slice(environments: worlds),
      states: states.map { unsafe $0.advanced(to: worlds.lowerBound * pointers.layout.agentCount) })
  }
}

/// Where all threads of a step find what is to be done.
// Not in the worlds of a task: to ask for what is generic takes a call to the runtime.
final class CurrentStepJob: Sendable {
  private let current = Mutex<StepJob?>(nil)

  /// The job under way, if any.
  var job: StepJob? {
    get { current.withLock { $0 } }
    set { current.withLock { $0 = newValue } }
  }
}
