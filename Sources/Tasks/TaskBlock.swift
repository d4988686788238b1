import Gym
import Randomness
import Simulation
import Synchronization

/// The worlds that one thread steps at a time, and which of the batch they are.
final class TaskBlock<Task: DroneTask>: Sendable {
  let environments: Range<Int>
  let worlds: Mutex<TaskWorlds<Task>>

  private init(_ environments: Range<Int>, _ worlds: consuming sending TaskWorlds<Task>) {
    self.environments = environments
    self.worlds = Mutex(worlds)
  }

  /// The blocks of a batch; all but the last have as many worlds.
  static func blocks(
    of count: Int, playing task: Task, by rules: TaskRules
  ) throws(TaskError) -> [TaskBlock] {
    let worldsPerBlock = max(1, WorldBatch.dronesPerBlock / rules.agentCount)
    var blocks: [TaskBlock] = []
    for first in stride(from: 0, to: count, by: worldsPerBlock) {
      let environments = first..<min(count, first + worldsPerBlock)
      let worlds = try TaskWorlds(task, rules: rules, count: environments.count)
      blocks.append(TaskBlock(environments, worlds))
    }
    return blocks
  }

  /// Starts the random numbers of its environments, by the seeds of all.
  func seed(_ seeds: [UInt64]) {
    worlds.withLock { worlds in
      for (world, environment) in environments.enumerated() {
        worlds.randoms[world] = SplitMix64(seed: seeds[environment])
      }
    }
  }

  /// Refuses to step an environment that has to be reset first.
  func checkOpening() throws(GymError) {
    try worlds.withLock { worlds throws(GymError) in
      for (world, environment) in environments.enumerated() {
        _ = try worlds.phases[world].opening(
          in: worlds.rules.autoresetMode, environment: environment)
      }
    }
  }
}

/// The buffers of the step under way, where threads find them.
final class TaskStage: Sendable {
  @safe
  private struct Buffers: Sendable {
    // Of a batch that outlives the step for which alone the stage is set.
    let pointers: StepPointers
  }

  private let buffers = Mutex<Buffers?>(nil)

  /// Sets the stage for a step, or clears it.
  @unsafe
  func set(_ pointers: StepPointers?) {
    let fresh = unsafe pointers.map { unsafe Buffers(pointers: $0) }
    buffers.withLock { $0 = fresh }
  }

  /// Works on the rows of some environments, which nobody else does.
  func withRows(of environments: Range<Int>, _ body: (inout StepRows) -> Void) {
    guard let buffers = buffers.withLock({ $0 }) else { return }
    // Each environment's rows are asked for once in a step.
    var rows = unsafe StepRows(buffers.pointers.slice(environments: environments))
    body(&rows)
  }
}
