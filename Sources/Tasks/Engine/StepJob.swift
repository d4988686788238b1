import Gym
import Synchronization
import Workers

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

/// What all threads of a step do: a part of it in every block of worlds.
// Not in the worlds of a task: to ask for what is generic takes a call to the runtime.
final class StepWork: Sendable {
  private let blocks: [@Sendable (StepJob) -> Void]
  private let pool: ThreadPool
  private let current: CurrentStepJob
  private let isBackward = Atomic(false)
  // Made once, since a closure costs an allocation.
  private let piece: @Sendable (Int) -> Void

  /// What is done in each block, and by whom.
  init(_ blocks: [@Sendable (StepJob) -> Void], on pool: ThreadPool) {
    let current = CurrentStepJob()
    (self.blocks, self.pool, self.current) = (blocks, pool, current)
    piece = { [current] index in
      if let job = current.job { blocks[index](job) }
    }
  }

  /// Does a job, and returns when all of it is done.
  func run(_ job: StepJob) {
    if pool.threadCount > 1, blocks.count > 1 {
      current.job = job
      pool.forEach(blocks.count, piece)
      current.job = nil
    } else {
      // Handed on without a lock. One time from the front, one time from the back: the blocks that were last are
      // still in the cache.
      let isBackward = isBackward.load(ordering: .relaxed)
      for index in blocks.indices { blocks[isBackward ? blocks.count - 1 - index : index](job) }
      self.isBackward.store(!isBackward, ordering: .relaxed)
    }
  }
}

/// Where threads find what is to be done.
private final class CurrentStepJob: Sendable {
  private let current = Mutex<StepJob?>(nil)

  /// The job under way, if any.
  var job: StepJob? {
    get { current.withLock { $0 } }
    set { current.withLock { $0 = newValue } }
  }
}
