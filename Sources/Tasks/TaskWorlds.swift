import Control
import Drone
import Gym
import Randomness
import Simulation
import SpatialMath

/// Neighbouring worlds of a batch in which a task is played: as many as one thread steps at a time.
///
/// Worlds and agents are counted from the first of these, and so are rows and drones: drone i of the
/// simulation is the agent of row i.
public struct TaskWorlds<Task: DroneTask>: ~Copyable, Sendable {
  let task: Task
  let rules: TaskRules
  var simulator: Simulator
  /// By world.
  var randoms: [SplitMix64]
  var phases: [EpisodePhase]
  var episodes: [Episode<Task.Memory>]
  var winds: [EpisodeWind]
  /// How drones seem to move, where that is not the truth: a list for each world.
  var seen: [[DroneState<Double>]]
  /// Where the noise of ranges starts, anew for every observation.
  var rangeSeeds: [UInt64]
  /// By row.
  var isLive: [Bool]
  /// Whose observation is shown: those who are there, and those who have just left.
  var isShown: [Bool]
  var variations: [Variation]
  /// What becomes of each row's action now, as ``ActionRole`` says; filled up to whole groups.
  var roles: [Double]
  /// Where drones should be, where actions are followed with an eye on it; filled up to whole groups.
  var goals: [Goal<Double>]
  /// The last actions of each row, the oldest first.
  var history: [Float]
  /// The last commands of each row, the newest last: as many as the longest delay, and one. [rpm]
  var commands: [PerRotor<Double>]
  /// What position control remembers, a group an element.
  var memories: [LoopMemory<DroneLanes>]
  /// What range finders see.
  var sight: RangeSight
  /// Where things were when the last step ended an episode and began the next, if anyone asks.
  var endings: Tableaux?
  /// How far one agent is from the others of its world, squared. [m²]
  var distances: [Double]
  /// Whether each world plays the step under way.
  var isPlaying: [Bool]
  /// Where the time went, if somebody wants to know.
  var profile: StepProfile?

  /// Worlds that are still to be reset.
  init(_ task: Task, rules: TaskRules, count: Int) throws(TaskError) {
    let sight = try RangeSight(rules, worldCount: count)
    let simulator = try rules.simulator(worlds: count)
    (self.task, self.rules) = (task, rules)
    self.sight = sight
    let groups = simulator.swarm.groups.count
    self.simulator = simulator
    let rows = count * rules.agentCount
    randoms = Array(repeating: SplitMix64(seed: 0), count: count)
    var random = SplitMix64(seed: 0)
    let first = Episode(of: task, setup: rules.setup, using: &random)
    episodes = Array(repeating: first, count: count)
    phases = Array(repeating: .unstarted, count: count)
    isPlaying = Array(repeating: false, count: count)
    isLive = Array(repeating: false, count: rows)
    isShown = isLive
    variations = Array(repeating: .none, count: rows)
    winds = Array(repeating: EpisodeWind(rules.setup, using: &random), count: count)
    seen = Array(repeating: first.states, count: rules.setup.noise == .none ? 0 : count)
    rangeSeeds = Array(repeating: 0, count: rules.setup.noise.range > 0 ? count : 0)
    memories = Array(repeating: LoopMemory(), count: groups)
    roles = Array(repeating: ActionRole.waits, count: groups * DroneLanes.laneCount)
    goals = Array(
      repeating: Goal(position: .zero, yaw: .zero),
      count: rules.decoder.mode.usesGoal ? roles.count : 0)
    history = Array(repeating: 0, count: rows * rules.actionsKept)
    commands = Array(repeating: PerRotor(repeating: 0), count: rows * rules.commandsKept)
    distances = Array(repeating: 0, count: rules.agentCount)
  }

  /// The rows of a world.
  func rows(of world: Int) -> Range<Int> {
    world * rules.agentCount..<(world + 1) * rules.agentCount
  }

  /// Begins an episode in a world, and shows what the drones see at its start.
  mutating func reset(_ world: Int, into rows: inout StepRows) {
    rows.clear(self.rows(of: world))
    begin(world)
    show(world, to: &rows.observations)
  }

  /// Plays an action of all agents, or begins the next episode where that is due.
  mutating func step(_ rows: inout StepRows) {
    var instant = now
    takeActions(of: &rows)
    note(\.actions, since: &instant)
    command(by: &rows)
    note(\.laws, since: &instant)
    let faults = simulator.advance(steps: rules.setup.stepsPerAction)
    note(\.flight, since: &instant)
    finish(faults, into: &rows)
    note(\.judgement, since: &instant)
    showAll(to: &rows.observations)
    note(\.observation, since: &instant)
  }

  /// What the clock shows, if somebody wants to know.
  private var now: ContinuousClock.Instant? { profile == nil ? nil : ContinuousClock.now }

  private mutating func note(
    _ sum: WritableKeyPath<StepProfile, Double>, since instant: inout ContinuousClock.Instant?
  ) {
    guard let start = instant else { return }
    let now = ContinuousClock.now
    profile?[keyPath: sum] += (now - start) / .seconds(1)
    instant = now
  }

  /// Takes in what happened, and begins episodes where that is due.
  private mutating func finish(_ faults: StepFaults, into rows: inout StepRows) {
    for world in phases.indices {
      if isPlaying[world] {
        let isSound = faults.isEmpty || isSound(world)
        finish(world, isSound: isSound, into: &rows)
      } else {
        var instant = now
        begin(world)
        note(\.resets, since: &instant)
      }
    }
  }

  @inline(never)
  private mutating func isSound(_ world: Int) -> Bool { simulator.faults(ofWorld: world).isEmpty }

  /// Takes in what happened in a world, and begins its next episode where that is due.
  private mutating func finish(_ world: Int, isSound: Bool, into rows: inout StepRows) {
    read(world, isSound: isSound)
    episodes[world].judge(
      by: task, stepLimit: rules.stepLimit, isSound: isSound, isLive: isLive.span,
      from: world * rules.agentCount, into: &rows)
    var isOver = true
    for row in self.rows(of: world) {
      isShown[row] = isLive[row]
      isLive[row] = isLive[row] && !rows.terminations[row] && !rows.truncations[row]
      if isLive[row] { isOver = false }
    }
    let next = EpisodePhase.closing(in: rules.autoresetMode, isOver: isOver)
    phases[world] = next.phase
    if next.beginsNext { beginNext(world, into: &rows) }
  }

  @inline(never)
  private mutating func beginNext(_ world: Int, into rows: inout StepRows) {
    var instant = now
    show(world, to: &rows.finalObservations)
    if endings != nil { keepEnding(of: world) }
    begin(world)
    note(\.resets, since: &instant)
  }

  private mutating func keepEnding(of world: Int) {
    let (shown, rows) = (isShown, rows(of: world))
    endings?.keep(world, episodes[world], shown: shown.span.extracting(rows))
  }

  /// Takes over what a world's drones do; where some number is not finite they go back to where they
  /// were last seen.
  private mutating func read(_ world: Int, isSound: Bool) {
    guard isSound else {
      stay(world)
      return
    }
    episodes[world].advance(by: &simulator, drones: rows(of: world))
    task.update(&episodes[world])
  }

  /// Puts a world's drones back to where they were.
  @inline(never)
  private mutating func stay(_ world: Int) {
    episodes[world].stepCount += 1
    episodes[world].notePositions()
    simulator.reset(world: world, states: episodes[world].states)
    try? placeObstacles(of: world, at: episodes[world].obstacles)
  }
}
