import Control
import Drone
public import Gym
import Randomness
public import Simulation
import SpatialMath
import Synchronization
public import Workers

/// Many worlds in which drones play the same task.
///
/// What becomes of the drone of an agent that leaves before the others, ``TaskSetup/endedDrones`` says. A world whose numbers overflow is truncated with what was last seen of it, and
/// goes on with its next episode.
public struct TaskEnvironment<Task: DroneTask>: VectorEnvironment, ~Copyable {
  private var played: PlayedTask<Task>
  public let layout: BatchLayout
  public let observationSpace: BoxSpace
  public let actionSpace: Space
  public let autoresetMode: AutoresetMode

  let rules: TaskRules
  let blocks: [WorldBlock<TaskWorlds<Task>>]
  let pool: ThreadPool
  private let work: StepWork
  /// Whether all environments are known to be ready for a step.
  var isReady = false
  private var isClosed = false

  /// Worlds in which a task is played, to be reset before their first step.
  ///
  /// - Parameters:
  ///   - task: The task.
  ///   - count: How many worlds there are.
  ///   - autoresetMode: What happens after the end of an episode.
  ///   - precision: How many digits numbers have: as the task's physics says, unless said otherwise.
  ///   - pool: The threads that step the worlds: the caller's alone unless said otherwise.
  /// - Throws: ``TaskError`` if the task cannot be played.
  public init(
    _ task: Task, count: Int = 1, autoresetMode: AutoresetMode = .sameStep,
    precision: FlightPhysics.Precision? = nil, pool: ThreadPool = ThreadPool(threads: 1)
  ) throws(TaskError) {
    guard count > 0 else { throw TaskError("a batch needs an environment, not \(count)") }
    var setup = task.setup
    if let precision { setup.physics.precision = precision }
    let rules = try TaskRules(
      setup, agentCount: task.agentCount, autoresetMode: autoresetMode)
    var blocks: [WorldBlock<TaskWorlds<Task>>] = []
    let played = PlayedTask(task)
    for range in WorldBatch.blocks(ofWorlds: count, dronesPerWorld: task.agentCount) {
      blocks.append(WorldBlock(range, try TaskWorlds(played, rules: rules, count: range.count)))
    }
    for block in blocks { block.seed(environmentSeeds(from: 0, count: count)) }
    (self.played, self.rules, self.pool, self.autoresetMode) = (played, rules, pool, autoresetMode)
    observationSpace = rules.observer.space
    actionSpace = .box(BoxSpace(count: rules.actionCount, in: -1...1))
    layout = BatchLayout(
      environmentCount: count, agentCount: task.agentCount,
      observationCount: rules.observationCount, actionCount: rules.actionCount)
    self.blocks = blocks
    work = StepWork(
      blocks.map { block in
        { job in block.content.withLock { $0.step(job.slice(worlds: block.worlds)) } }
      }, on: pool)
  }

  /// What is played.
  public var task: Task { played.task }

  /// Plays another task from the next step on, which differs in its own numbers alone: its drones, its setup and
  /// what its episodes remember are those of the task so far.
  package mutating func replaceTask(with task: Task) {
    played = PlayedTask(task)
    for block in blocks { block.content.withLock { $0.played = played } }
  }

  public mutating func reset(
    seeds: [UInt64]?, where mask: [Bool]?, into batch: inout StepBatch
  ) throws(GymError) {
    try checkIsOpen()
    try check(batch)
    try check(seeds: seeds, mask: mask)
    for block in blocks {
      var rows = batch.rows(of: block.worlds)
      block.content.withLock { worlds in
        for (world, environment) in block.worlds.enumerated()
        where mask?[environment] ?? true {
          if let seeds { worlds.engine.randoms[world] = SplitMix64(seed: seeds[environment]) }
          worlds.reset(world, into: &rows)
        }
      }
    }
  }

  public mutating func step(_ batch: inout StepBatch) throws(GymError) {
    try checkStep(batch)
    unsafe work(.whole, on: batch)
  }

  /// Refuses a step that cannot be taken.
  mutating func checkStep(_ batch: borrowing StepBatch) throws(GymError) {
    try checkIsOpen()
    // Not by the protocol, which would be looked up in every step.
    try layout.check(batch)
    if !isReady {
      for block in blocks { try block.checkOpening() }
      // Those that reset by themselves are ready for good.
      isReady = autoresetMode != .disabled
    }
    try actionSpace.check(batch.actions.span)
  }

  /// Does a part of a step in all worlds, in the buffers of the batch, and writes states where they are
  /// asked for.
  @unsafe
  func work(_ part: StepPart, on batch: borrowing StepBatch, states: TaskStatePointers? = nil) {
    // The batch is the caller's, and cannot change before the last block is done.
    unsafe work.run(StepJob(part: part, pointers: batch.pointers, states: states))
  }

  public mutating func close() { isClosed = true }

  /// Where an environment's episode has come to.
  public func episode(of environment: Int) -> Episode<Task.Memory> {
    let block = block(of: environment)
    return block.content.withLock { $0.episode(of: environment - block.worlds.lowerBound) }
  }

  /// The wind of an environment's episode.
  package func wind(of environment: Int) -> Wind {
    let block = block(of: environment)
    let mean = block.content.withLock {
      $0.engine.winds[environment - block.worlds.lowerBound].mean
    }
    var wind = rules.setup.wind
    wind.mean = Vector(mean.x, mean.y, mean.z)
    return wind
  }

  /// How an obstacle moves in an environment; `nil` for one that stands.
  package func motion(ofObstacle index: Int, of environment: Int) -> ObstacleMotion? {
    let block = block(of: environment)
    return block.content.withLock {
      guard $0.engine.rules.movingObstacles.contains(index) else { return nil }
      return $0.engine.simulator.motion(
        ofObstacle: index, inWorld: environment - block.worlds.lowerBound)
    }
  }

  /// How the drone of a row differs from its model.
  func variation(ofRow row: Int) -> Variation {
    let environment = row / layout.agentCount
    let block = block(of: environment)
    return block.content.withLock {
      $0.engine.variations[row - block.worlds.lowerBound * layout.agentCount]
    }
  }

  private func block(of environment: Int) -> WorldBlock<TaskWorlds<Task>> {
    blocks[environment / blocks[0].worlds.count]
  }

  /// Begins to note where the time of steps goes.
  package mutating func beginProfile() {
    for block in blocks { block.content.withLock { $0.engine.profile = StepProfile() } }
  }

  /// Where the time went since then.
  package var profile: StepProfile {
    var sum = StepProfile()
    for block in blocks {
      block.content.withLock { if let part = $0.engine.profile { sum += part } }
    }
    return sum
  }

  func checkIsOpen() throws(GymError) {
    guard !isClosed else { throw .closed }
  }
}

extension WorldBlock where Content: ~Copyable {
  /// Starts the random numbers of its environments, by the seeds of all.
  fileprivate func seed<Task: DroneTask>(_ seeds: [UInt64]) where Content == TaskWorlds<Task> {
    content.withLock { worlds in
      for (world, environment) in self.worlds.enumerated() {
        worlds.engine.randoms[world] = SplitMix64(seed: seeds[environment])
      }
    }
  }

  /// Refuses to step an environment that has to be reset first.
  fileprivate func checkOpening<Task: DroneTask>() throws(GymError)
  where Content == TaskWorlds<Task> {
    try content.withLock { worlds throws(GymError) in
      for (world, environment) in self.worlds.enumerated() {
        _ = try worlds.engine.phases[world].opening(
          in: worlds.engine.rules.autoresetMode, environment: environment)
      }
    }
  }
}
