import Control
import Drone
import Geometry
import Gym
import Randomness
import Simulation
import SpatialMath

/// Neighbouring worlds of a batch, as many as one thread steps at a time: all of their episodes that is
/// the same for every task.
///
/// Worlds and agents are counted from the first of these, and so are rows and drones: drone i of the
/// simulation is the agent of row i.
struct TaskEngine: ~Copyable, Sendable {
  let rules: TaskRules
  var simulator: Simulator
  /// What is known of the episodes beside how the drones move.
  var records: EpisodeRecords
  /// Where each world is between two steps.
  var phases: [EpisodePhase]
  /// Where each world's random numbers come from.
  var randoms: [SplitMix64]
  /// The wind of each world's episode.
  var winds: [EpisodeWind]
  /// How each drone differs from its model, by row.
  var variations: [Variation]
  /// What is kept of actions.
  var actions: ActionRecords
  /// What is kept of what drones feel.
  var felt: FeltRecords
  /// What drones see beside how they truly move.
  var sensing: Sensing
  /// What the task says of each drone.
  var outputs: TaskOutputs
  /// Where observations of a group are put together, column by column.
  var observationColumns: [Float]
  /// Where an episode is prepared.
  var start: EpisodeStart
  /// Where things were when the last step ended an episode and began the next, if that is kept.
  var endings: PoseSnapshots?
  /// Where the time went, if that is asked for.
  var profile: StepProfile?

  /// Worlds that are still to be reset.
  init(_ rules: TaskRules, worldCount count: Int) throws(TaskError) {
    let sensing = try Sensing(rules, worldCount: count)
    let simulator = try rules.simulator(worlds: count)
    let groups = simulator.swarm.groups.count
    self.rules = rules
    self.sensing = sensing
    self.simulator = simulator
    records = EpisodeRecords(rules, worldCount: count, groups: groups)
    phases = Array(repeating: .unstarted, count: count)
    randoms = Array(repeating: SplitMix64(seed: 0), count: count)
    var random = SplitMix64(seed: 0)
    winds = Array(repeating: EpisodeWind(rules, using: &random), count: count)
    variations = Array(repeating: .none, count: count * rules.agentCount)
    actions = ActionRecords(rules, rowCount: count * rules.agentCount, groups: groups)
    felt = FeltRecords(
      keeping: rules.observer.accelerationsShown, rowCount: count * rules.agentCount)
    outputs = TaskOutputs(groups: groups, featureCount: rules.observer.featureCount)
    observationColumns = Array(
      repeating: 0, count: rules.observer.groupColumnCount * FloatLanes.laneCount)
    start = EpisodeStart(
      states: Array(repeating: DroneState(), count: rules.agentCount),
      obstacles: rules.obstaclePoses)
    if rules.hasWindByEpisode { for world in 0..<count { restartWind(in: world) } }
  }

  /// How many rows there are.
  var rowCount: Int { phases.count * rules.agentCount }

  /// The rows of a world.
  func rows(of world: Int) -> Range<Int> {
    world * rules.agentCount..<(world + 1) * rules.agentCount
  }

  /// Flies for as long as an action lasts.
  ///
  /// A world in which some number is not finite goes back to where it was, and its episodes are cut off.
  mutating func fly(into rows: inout StepRows) {
    records.keepStates(simulator.swarm.states)
    let faults = simulator.advance(steps: rules.stepsPerAction)
    if faults.isEmpty { records.takeContacts(simulator.mostContacts, of: 0..<rowCount) }
    for world in phases.indices where phases[world].isRunning {
      records.stepCounts[world] += 1
      if !faults.isEmpty {
        if simulator.faults(ofWorld: world).isEmpty {
          records.takeContacts(simulator.mostContacts, of: self.rows(of: world))
        } else {
          cutOff(world, into: &rows)
        }
      }
      followObstacles(of: world)
    }
    if felt.isKept { feel() }
  }

  /// Keeps what active drones have felt since the last action.
  private mutating func feel() {
    for row in 0..<rowCount where records.statuses[row] == .active {
      let (group, lane) = DroneLanes.place(of: row)
      let now = simulator.swarm.states[group][lane: lane]
      felt.keep(
        FeltAcceleration(
          from: records.statesBefore[group][lane: lane], to: now, over: rules.setup.period,
          gravity: rules.setup.physics.gravity), of: row)
    }
  }

  /// Puts a world's drones back to where they were before the step, and ends their episodes.
  @inline(never)
  private mutating func cutOff(_ world: Int, into rows: inout StepRows) {
    for (agent, row) in self.rows(of: world).enumerated() {
      let (group, lane) = DroneLanes.place(of: row)
      start.states[agent] = records.statesBefore[group][lane: lane]
      if records.statuses[row] == .active { end(row, isTruncated: true, in: &rows) }
    }
    let stepsBefore = (records.stepCounts[world] - 1) * rules.setup.stepsPerAction
    simulator.reset(world: world, states: start.states, after: stepsBefore)
    try? placeObstacles(of: world, at: records.obstacles[world])
  }

  /// Completes what the task has said of a step of a running world, and says whether its next episode
  /// begins within the step.
  mutating func close(_ world: Int, into rows: inout StepRows) -> Bool {
    let isLate = records.stepCounts[world] >= rules.stepLimit
    var isOver = true
    for row in self.rows(of: world) where records.statuses[row] == .active {
      rows.participations[row] = true
      let isSound = rows.rewards[row].isFinite
      guard isLate || !isSound || rows.terminations[row] || rows.truncations[row] else {
        isOver = false
        continue
      }
      if !isSound { rows.rewards[row] = 0 }
      end(row, isTruncated: !isSound || !rows.terminations[row], in: &rows)
    }
    guard isOver else { return false }
    let next = EpisodePhase.closing(in: rules.autoresetMode, isOver: isOver)
    phases[world] = next.phase
    return next.beginsNext
  }

  private mutating func end(_ row: Int, isTruncated: Bool, in rows: inout StepRows) {
    records.statuses[row] = .ended
    rows.participations[row] = true
    rows.terminations[row] = !isTruncated
    rows.truncations[row] = isTruncated
  }

  /// Keeps where things are at the end of an episode, if that is asked for.
  mutating func keepEnding(of world: Int) {
    guard var endings = endings.take() else { return }
    keepPoses(of: world, in: &endings)
    self.endings = endings
  }

  /// Keeps where things are in a world.
  func keepPoses(of world: Int, in snapshots: inout PoseSnapshots) {
    snapshots.keep(
      world,
      Episode<NoMemory>(records, states: simulator.swarm.states, memories: [], world: world))
  }
}

extension EpisodeRecords {
  /// Keeps how drones move before an action.
  fileprivate mutating func keepStates(_ states: [DroneState<DroneLanes>]) {
    var kept = statesBefore.mutableSpan
    for group in states.indices { kept[group] = states[group] }
  }

  /// Takes over how many points of some drones touched something.
  fileprivate mutating func takeContacts(_ counts: [Int], of rows: Range<Int>) {
    var kept = contactCounts.mutableSpan
    for row in rows { kept[row] = counts[row] }
  }

  /// The records of worlds that are still to be reset.
  fileprivate init(_ rules: TaskRules, worldCount: Int, groups: Int) {
    agentCount = rules.agentCount
    period = rules.setup.period
    statesBefore = Array(repeating: DroneState(), count: groups)
    contactCounts = Array(repeating: 0, count: worldCount * rules.agentCount)
    // Drones are there before they act.
    statuses = Array(repeating: .ended, count: groups * DroneLanes.laneCount)
    obstacles = Array(repeating: rules.obstaclePoses, count: worldCount)
    stepCounts = Array(repeating: 0, count: worldCount)
  }
}
