import Control
import Drone
public import Gym
import Randomness
public import Simulation
import SpatialMath
public import Workers

/// Many worlds in which drones play the same task.
///
/// An agent that leaves before the others stays in its world as a thing: its rotors stop, and others
/// may still hit it. A world whose numbers overflow is truncated with what was last seen of it, and
/// goes on with its next episode.
public struct TaskEnvironment<Task: DroneTask>: VectorEnvironment, ~Copyable {
  /// What is played.
  public let task: Task
  public let layout: BatchLayout
  public let observationSpace: BoxSpace
  public let actionSpace: Space
  public let autoresetMode: AutoresetMode

  let setup: TaskSetup
  let decoder: ActionDecoder
  let observer: Observer
  let arena: Arena
  /// Everything by environment or by row, as ``BatchLayout`` has them.
  var randoms: [SplitMix64]
  var phases: [EpisodePhase]
  var isLive: [Bool]
  var episodes: [Episode<Task.Memory>]
  var variations: [Variation]
  var winds: [EpisodeWind]
  /// How drones seem to move, where that is not the truth: a list for each environment.
  var seen: [[DroneState<Double>]]
  var controllers: [Pilot]
  /// The last actions of each row, the oldest first.
  var history: [Float]
  /// The last commands of each row, the newest last: as many as the longest delay, and one. [rpm]
  var commands: [PerRotor<Double>]
  /// What range finders see.
  var sight: RangeSight
  /// Where things were when the last step ended an episode and began the next, if anyone asks.
  var endings: Tableaux?

  private var actions: [Float]
  private var wanted: [Double]
  private var isPlaying: [Bool]
  private var isClosed = false

  /// Worlds in which a task is played, to be reset before their first step.
  ///
  /// - Parameters:
  ///   - task: The task.
  ///   - count: How many worlds there are.
  ///   - autoresetMode: What happens after the end of an episode.
  ///   - pool: Who steps the worlds: the caller alone unless said otherwise.
  /// - Throws: ``TaskError`` if the task cannot be played.
  public init(
    _ task: Task, count: Int = 1, autoresetMode: AutoresetMode = .sameStep,
    pool: WorkerPool = WorkerPool(threads: 1)
  ) throws(TaskError) {
    guard count > 0 else { throw TaskError("a batch needs an environment, not \(count)") }
    let setup = task.setup
    try setup.check(agentCount: task.agentCount)
    let arena = try Arena(setup, agentCount: task.agentCount, count: count, pool: pool)
    let sight = try RangeSight(of: setup, agentCount: task.agentCount)
    self.init(
      task, decoder: try ActionDecoder(setup), arena: arena, sight: sight, count: count,
      autoresetMode: autoresetMode)
  }

  private init(
    _ task: Task, decoder: ActionDecoder, arena: Arena, sight: consuming RangeSight, count: Int,
    autoresetMode: AutoresetMode
  ) {
    let setup = task.setup
    (self.task, self.setup, self.arena) = (task, setup, arena)
    (self.decoder, self.autoresetMode) = (decoder, autoresetMode)
    self.sight = sight
    observer = Observer(setup)
    observationSpace = observer.space
    actionSpace = .box(BoxSpace(count: setup.actionMode.count, in: -1...1))
    layout = BatchLayout(
      environmentCount: count, agentCount: task.agentCount,
      observationCount: observationSpace.count, actionCount: actionSpace.count)
    randoms = environmentSeeds(from: 0, count: count).map { SplitMix64(seed: $0) }
    phases = Array(repeating: .unstarted, count: count)
    isPlaying = Array(repeating: false, count: count)
    isLive = Array(repeating: false, count: layout.rowCount)
    var random = SplitMix64(seed: 0)
    let first = Self.episode(of: task, setup: setup, using: &random)
    episodes = Array(repeating: first, count: count)
    let variation = Variation(setup.randomisation, using: &random)
    variations = Array(repeating: variation, count: layout.rowCount)
    winds = Array(repeating: EpisodeWind(setup, using: &random), count: count)
    seen = Array(repeating: first.states, count: setup.noise == .none ? 0 : count)
    controllers = Array(repeating: decoder.freshController(), count: layout.rowCount)
    history = Array(
      repeating: 0, count: layout.rowCount * observer.actionsShown * layout.actionCount)
    commands = Array(
      repeating: PerRotor(repeating: 0),
      count: layout.rowCount * (setup.randomisation.delay.upperBound + 1))
    actions = Array(repeating: 0, count: layout.rowCount * layout.actionCount)
    wanted = Array(repeating: 0, count: actions.count)
  }

  public mutating func reset(
    seeds: [UInt64]?, where mask: [Bool]?, into batch: inout StepBatch
  ) throws(GymError) {
    try check(batch)
    for (list, name) in [(seeds?.count, "seeds"), (mask?.count, "truth values")] {
      guard let list, list != layout.environmentCount else { continue }
      throw .wrongCount(of: name, expected: layout.environmentCount, actual: list)
    }
    for environment in 0..<layout.environmentCount where mask?[environment] ?? true {
      if let seeds { randoms[environment] = SplitMix64(seed: seeds[environment]) }
      var rows = batch.rows(of: environment..<environment + 1)
      rows.clear()
      begin(environment, into: &rows)
    }
  }

  public mutating func step(_ batch: inout StepBatch) throws(GymError) {
    try check(batch)
    for environment in phases.indices {
      let opening = try phases[environment].opening(in: autoresetMode, environment: environment)
      isPlaying[environment] = opening == .play
    }
    let space = actionSpace
    var clipped = actions.mutableSpan
    try space.clip(batch.actions, into: &clipped)
    for index in actions.indices { wanted[index] = Double(actions[index]) }
    let wanted = wanted
    for environment in phases.indices where isPlaying[environment] {
      command(environment, by: wanted.span)
    }
    arena.advance()
    for environment in phases.indices {
      var rows = batch.rows(of: environment..<environment + 1)
      rows.clear()
      if isPlaying[environment] {
        finish(environment, into: &rows)
      } else {
        begin(environment, into: &rows)
      }
    }
  }

  public mutating func close() { isClosed = true }

  /// Where an environment's episode has come to.
  public func episode(of environment: Int) -> Episode<Task.Memory> { episodes[environment] }

  /// The wind of an environment's episode.
  public func wind(of environment: Int) -> Wind {
    let mean = winds[environment].mean
    var wind = setup.wind
    wind.mean = Vector(mean.x, mean.y, mean.z)
    return wind
  }

  func checkIsOpen() throws(GymError) {
    guard !isClosed else { throw .closed }
  }

  private func check(_ batch: borrowing StepBatch) throws(GymError) {
    try checkIsOpen()
    guard batch.layout == layout else {
      throw .wrongLayout(expected: layout, actual: batch.layout)
    }
  }
}

/// Why a task cannot be played.
public struct TaskError: Error, Sendable, CustomStringConvertible {
  /// What is in the way.
  public var description: String

  init(_ description: String) { self.description = description }
}

extension StepRows {
  /// Brings everything but the actions to zero and false.
  mutating func clear() {
    for row in rewards.indices {
      rewards[row] = 0
      terminations[row] = false
      truncations[row] = false
      participations[row] = false
    }
    for index in observations.indices {
      observations[index] = 0
      finalObservations[index] = 0
    }
  }
}
