import Drone
import Gym
import Randomness
import Simulation
import SpatialMath

/// Neighbouring worlds of a batch with the task that is played in them: the engine flies, the task judges.
struct TaskWorlds<Task: DroneTask>: ~Copyable, Sendable {
  /// All that is the same for every task.
  var engine: TaskEngine
  var played: PlayedTask<Task> { didSet { setSteadyGoals() } }
  /// Whether drones have the same goals for good, and the task is not asked for them.
  private var hasSteadyGoals = false
  /// What the task remembers of each world, and what is lent to it besides while it is asked.
  // Kept: to make and to give up what is generic takes a look-up of its type.
  private var episodes: Episodes<Task.Memory>

  /// Worlds that are still to be reset; drones stand where an episode would begin.
  init(_ played: PlayedTask<Task>, rules: TaskRules, count: Int) throws(TaskError) {
    var engine = try TaskEngine(rules, worldCount: count)
    var random = SplitMix64(seed: 0)
    let memory = played.begin(&engine.start, using: &random)
    engine.start.scatter(by: rules, using: &random)
    for world in 0..<count { engine.put(world) }
    self.engine = engine
    self.played = played
    episodes = Episodes(memories: Array(repeating: memory, count: count))
    setSteadyGoals()
  }

  /// Takes over the goals that drones have for good.
  private mutating func setSteadyGoals() {
    hasSteadyGoals = engine.outputs.setSteadyGoals(of: task, worldCount: engine.phases.count)
  }

  /// What is played.
  var task: Task { played.task }

  /// Where the episode of a world has come to.
  func episode(of world: Int) -> Episode<Task.Memory> {
    Episode(
      engine.records, states: engine.simulator.swarm.states, memories: episodes.current.memories,
      world: world)
  }

  /// What the task remembers of a world.
  subscript(memoryOf world: Int) -> Task.Memory {
    get { episodes.current.memories[world] }
    set { episodes.current.memories[world] = newValue }
  }

  /// Begins an episode in a world, and writes what its drones see at the start.
  mutating func reset(_ world: Int, into rows: inout StepRows) {
    rows.clear(engine.rows(of: world))
    begin(world)
    observe(world, into: &rows.observations)
  }

  /// Plays an action of all agents, and lets the task judge what happened.
  private mutating func play(_ rows: inout StepRows) {
    var instant = engine.now
    engine.takeActions(of: &rows)
    engine.note(since: &instant) { $0.actions += $1 }
    if engine.commandsNeedGoals { describe(goals: true, features: false) }
    engine.command(by: rows.actions.span)
    engine.note(since: &instant) { $0.laws += $1 }
    engine.fly(into: &rows)
    engine.note(since: &instant) { $0.flight += $1 }
    judge(into: &rows)
    engine.note(since: &instant) { $0.judgement += $1 }
  }

  /// Ends the episodes that are over, begins the next where that is due, and writes what is seen.
  private mutating func finish(_ rows: inout StepRows) {
    var instant = engine.now
    close(into: &rows)
    engine.note(since: &instant) { $0.judgement += $1 }
    observeAll(into: &rows.observations)
    engine.note(since: &instant) { $0.observation += $1 }
  }

  /// Lets the task judge what happened.
  private mutating func judge(into rows: inout StepRows) {
    lend(engine.simulator.swarm.states)
    played.judge(&episodes, into: &rows)
    takeBack()
  }

  /// Lends what is known of episodes and how drones move, or seem to.
  private mutating func lend(_ states: [DroneState<DroneLanes>]) {
    swap(&episodes.current.records, &engine.records)
    episodes.current.states = states
  }

  /// Takes back what was lent.
  private mutating func takeBack() {
    swap(&episodes.current.records, &engine.records)
    // Whoever writes states finds them its own.
    episodes.current.states = []
  }

  /// Ends the episodes that are over, and begins the next where that is due.
  private mutating func close(into rows: inout StepRows) {
    for world in engine.phases.indices {
      if engine.phases[world].isRunning {
        guard engine.close(world, into: &rows) else { continue }
        var instant = engine.now
        observe(world, into: &rows.finalObservations)
        engine.keepEnding(of: world)
        begin(world)
        engine.note(since: &instant) { $0.resets += $1 }
      } else {
        var instant = engine.now
        begin(world)
        engine.note(since: &instant) { $0.resets += $1 }
      }
    }
  }

  private mutating func begin(_ world: Int) {
    engine.prepareStart()
    episodes.current.memories[world] = played.begin(
      &engine.start, using: &engine.randoms[world])
    engine.begin(world)
  }

  /// Writes what the drones of all worlds see.
  private mutating func observeAll(into observations: inout MutableSpan<Float>) {
    if engine.rules.seesOtherwise {
      for world in engine.phases.indices { engine.look(world) }
    }
    describe(goals: engine.rules.observer.showsGoals, features: true)
    engine.writeAll(to: &observations)
  }

  /// Writes what the drones of one world see.
  private mutating func observe(_ world: Int, into observations: inout MutableSpan<Float>) {
    if engine.rules.seesOtherwise { engine.look(world) }
    describe(world..<world + 1, goals: engine.rules.observer.showsGoals, features: true)
    engine.write(world, to: &observations)
  }

  /// Asks the task for goals and features, in all worlds unless said otherwise.
  mutating func describe(
    _ worlds: Range<Int>? = nil, goals: Bool, features: Bool
  ) {
    engine.outputs.wantsGoals = goals && !hasSteadyGoals
    engine.outputs.wantsFeatures = features && engine.outputs.featureCount > 0
    guard engine.outputs.wantsGoals || engine.outputs.wantsFeatures else { return }
    // Commands follow the truth.
    lend(features ? engine.seenStates : engine.simulator.swarm.states)
    // Taken out and put back: the task would be copied where it stands beside what it writes.
    var outputs = TaskOutputs(groups: 0, featureCount: 0)
    swap(&outputs, &engine.outputs)
    played.describe(worlds ?? engine.phases.indices, of: &episodes, into: &outputs)
    swap(&outputs, &engine.outputs)
    takeBack()
  }

  /// Does a part of a step.
  mutating func step(_ job: StepJob) {
    // Each block has rows of its own, in a batch that outlives the step.
    var rows = unsafe StepRows(job.pointers)
    if job.part != .ending { play(&rows) }
    if job.part != .flight { finish(&rows) }
    if let states = unsafe job.states { unsafe write(to: states) }
  }
}
