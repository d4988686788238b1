package import Control
import Drone
import Geometry
import Parameters
package import Randomness
import SpatialMath

/// Fly through gates in order, past pillars, as fast as possible.
///
/// | | |
/// | --- | --- |
/// | Observation | body rates, last action; see ``RaceView`` for the features |
/// | Action | body rates, and thrust from 0 to twice the weight |
/// | Reward | distance come nearer to the gate's middle [m] and 2 for each gate, less 1 a second and as much as it flies faster than 2.5 m/s [m]; −6 on a crash |
/// | Start | at the start of the track within 0.1 m, at rest |
/// | Terminated | through the last gate, on touching anything, or 4 m off |
/// | Truncated | after 15 s |
///
/// The track is that of lsy_drone_racing unless other gates are given, and so are the levels: at 0 all is as it is
/// drawn, from 1 on masses and moments of inertia are drawn, from 2 on gates and pillars are moved by up to 0.15 m
/// along each axis, and at 3 a drone sees them where they are drawn until it has been within 0.7 m. A gate is
/// passed from the side that its yaw points away from.
package struct GateRacingTask: CurriculumTask {
  package var setup: TaskSetup
  /// Where the race goes.
  package let track: RaceTrack
  /// What is drawn anew for each race.
  package let level: Int
  /// How far gates and pillars may be moved along each axis. [m]
  package var spread = 0.15
  /// How far gates may be turned. [rad]
  package var turn = 0.2
  /// From how near gates and pillars are seen at level 3. [m]
  package var sight = 0.7
  /// What a gate is worth. [–]
  package var bonus = 2.0
  /// What a crash costs. [–]
  package var crash = 6.0
  /// What a crash costs at first while the task is learned: where it costs more, drones learn to stay away from
  /// gates before they learn to pass them. [–]
  package var learnedCrash = 2.0
  /// What time costs. [1/s]
  package var haste = 1.0
  /// How fast drones may fly before it costs as much as they are faster. [m/s]
  package var speedLimit = 2.5
  /// How far out or up a drone may go. [m]
  package var bound = 4.0
  /// The share of races that begin behind any of the gates while the task is learned.
  package var learnedAnywhere = 0.7
  /// The share of those that are to come.
  private var startsAnywhere = 0.0

  /// The task in its usual setup.
  package init(track: RaceTrack = .standard, level: Int = 2) {
    (self.track, self.level) = (track, level)
    setup = TaskSetup(
      controlFrequency: 48, timeLimit: 15, obstacles: track.obstacles,
      actionMode: .bodyRates(limit: 10),
      observation: [
        .angularVelocity(.body, scale: 20), .lastActions(1), .features(RaceView.count),
      ], randomisation: Randomisation(position: Vector(0.1, 0.1, 0.02)))
    guard level > 0 else { return }
    setup.randomisation.mass = 0.88...1.12
    setup.randomisation.inertia = 0.95...1.05
  }

  package var ownObstacleCount: Int {
    RaceTrack.partCount * track.gates.count + track.pillars.count
  }

  package var contract: TaskContract {
    TaskContract(
      "fly through \(track.gates.count) gates in order, past \(track.pillars.count) pillars",
      start: "at the start of the track, at rest; level \(level) of 0 to 3",
      reward:
        "distance come nearer to the gate [m]; \(bonus.words) for each gate, −\(haste.words) a second and as "
        + "much as it is faster than \(speedLimit.words) m/s, −\(crash.words) on a crash",
      terminated: "through the last gate, touching anything, or \(bound.words) m off",
      features: RaceView.words)
  }

  package func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> RaceMemory {
    var memory = RaceMemory(track)
    if level > 1 { scatter(&memory, using: &random) }
    for gate in 0..<memory.gateCount {
      for part in 0..<RaceTrack.partCount {
        let place = RaceTrack.partCount * gate + part
        start.obstacles[place] = track.pose(of: part, of: memory[gate: gate])
      }
    }
    for pillar in 0..<memory.pillarCount {
      start.obstacles[RaceTrack.partCount * memory.gateCount + pillar] = RaceTrack.pose(
        ofPillarAt: memory[pillar: pillar])
    }
    start.states[0].position = track.start
    start.states[0].rotorSpeeds = PerRotor(repeating: setup.hoverSpeed)
    if startsAnywhere > 0, random.uniform(in: 0...1) < startsAnywhere {
      begin(&start.states[0], behindAnyGateOf: &memory, using: &random)
    }
    memory.look(from: start.states[0].position, within: sight)
    return memory
  }

  /// Moves gates and pillars.
  private func scatter(_ memory: inout RaceMemory, using random: inout SplitMix64) {
    func offset(_ bound: Double) -> Double { random.uniform(in: -bound...bound) }
    for gate in 0..<memory.gateCount {
      memory[gate: gate].position += Vector(offset(spread), offset(spread), offset(spread))
      memory[gate: gate].yaw += offset(turn)
    }
    for pillar in 0..<memory.pillarCount {
      memory[pillar: pillar] += Vector(offset(spread), offset(spread), 0)
    }
  }

  /// Puts a drone behind a gate that it has just passed.
  private func begin(
    _ state: inout DroneState<Double>, behindAnyGateOf memory: inout RaceMemory,
    using random: inout SplitMix64
  ) {
    guard track.passes > 1 else { return }
    memory.passed = 1 + Int(random.next() % UInt64(track.passes - 1))
    let gate = memory[gate: (memory.passed - 1) % track.gates.count]
    let (sine, cosine) = gate.yaw.sineAndCosine()
    let speed = random.uniform(in: 0...2)
    state.position =
      gate.position + random.uniform(in: 0.05...0.3) * Vector(cosine, sine, 0)
    state.velocity = speed * Vector(cosine, sine, 0)
    state.attitude = Rotation(
      RollPitchYaw(roll: 0, pitch: 0, yaw: random.uniform(in: -1...1)))
  }

  package func isPossible(_ memory: RaceMemory) -> Bool {
    memory.isPossible(on: track)
  }

  /// The gate that is to be passed next, the last one after the end.
  func nextGate(_ memory: RaceMemory) -> Int {
    min(memory.passed, track.passes - 1) % track.gates.count
  }

  package func update(_ episode: inout Episode<RaceMemory>) {
    let gate = episode.memory[gate: nextGate(episode.memory)]
    let (before, here) = (episode.positionBefore(of: 0), episode.position(of: 0))
    episode.memory.progress = (gate.position - before).norm - (gate.position - here).norm
    episode.memory.hasPassed = gate.isPassed(from: before, to: here, through: track.opening)
    if episode.memory.hasPassed { episode.memory.passed += 1 }
    if level > 2 { episode.memory.look(from: here, within: sight) }
  }

  package func goal(of agent: Int, in episode: Episode<RaceMemory>) -> Setpoint {
    Setpoint(position: episode.memory[gate: nextGate(episode.memory)].position, yaw: 0)
  }

  package func reward(of agent: Int, in episode: Episode<RaceMemory>) -> Double {
    let gained = episode.memory.progress + (episode.memory.hasPassed ? bonus : 0)
    let excess = max(0, episode.state(of: 0).velocity.norm - speedLimit)
    return gained - (haste + excess) * episode.period - (hasFailed(episode) ? crash : 0)
  }

  private func hasFailed(_ episode: Episode<RaceMemory>) -> Bool {
    episode.isTouching(0) || episode.isOutside(0, halfWidth: bound, height: bound)
  }

  package func isTerminated(_ agent: Int, in episode: Episode<RaceMemory>) -> Bool {
    episode.memory.passed == track.passes || hasFailed(episode)
  }

  package func feature(_ index: Int, of agent: Int, in episode: Episode<RaceMemory>) -> Double {
    RaceView(of: episode, task: self)[index]
  }

  // All features are worked out together.
  package func describe(
    _ worlds: Range<Int>, of episodes: inout Episodes<RaceMemory>, into outputs: inout TaskOutputs
  ) {
    for world in worlds {
      episodes.move(to: world)
      guard episodes.current.isPresent(0) else { continue }
      if outputs.wantsGoals { outputs.setGoal(goal(of: 0, in: episodes.current), ofRow: world) }
      guard outputs.wantsFeatures else { continue }
      let view = RaceView(of: episodes.current, task: self)
      for index in 0..<min(outputs.featureCount, RaceView.count) {
        outputs.setFeature(index, ofRow: world, to: view[index])
      }
    }
  }

  package func asLearned(after share: Double) -> GateRacingTask {
    var task = self
    task.startsAnywhere = learnedAnywhere
    task.crash = learnedCrash + (crash - learnedCrash) * (2 * share - 0.5).clamped(from: 0, to: 1)
    return task
  }

  package func hasSucceeded(_ agent: Int, in episode: Episode<RaceMemory>) -> Bool {
    episode.memory.passed == track.passes
  }
}

extension GateRacingTask {
  static let entry = TaskEntry(
    "gate-racing",
    parameters: .list(
      "gates", "the gates in order; those of lsy_drone_racing if there are none",
      of: .vector("at", "the middle of its opening", unit: "m", in: .within(-1e6...1e6)),
      .number("yaw", "which way it is passed", unit: "rad", in: .within(-1e3...1e3)),
      count: 0...RaceMemory.most,
      element: { @Sendable in RaceTrack.Gate(at: $0, yaw: $1) }),
    .points("pillars", "where pillars stand, with gates of your own", count: 0...RaceMemory.most),
    .vector(
      "start", "where drones begin, with gates of your own", unit: "m", in: .within(-1e6...1e6),
      default: RaceTrack.usualStart),
    .number(
      "opening", "how wide and high the openings of gates are", unit: "m",
      in: .positive(upTo: 100), default: 0.4),
    .integer("laps", "how often the gates are passed", in: 1...100, default: 1),
    .integer(
      "level",
      "0: as drawn; 1: masses and inertias drawn; 2: gates and pillars moved; 3: and seen from near alone",
      in: 0...3, default: 2),
    .number(
      "spread", "how far gates and pillars are moved along each axis", unit: "m",
      in: .within(0...1), default: 0.15),
    .number("turn", "how far gates are turned", unit: "rad", in: .within(0...3.2), default: 0.2),
    .number(
      "sight", "from how near they are seen at level 3", unit: "m", in: .within(0...1000),
      default: 0.7),
    .number("bonus", "what a gate is worth", in: .within(0...1e6), default: 2),
    .number("crash", "what a crash costs", in: .within(0...1e6), default: 6),
    .number(
      "learned_crash", "what a crash costs at first while this is learned", in: .within(0...1e6),
      default: 2),
    .number("haste", "what time costs", unit: "1/s", in: .within(0...1e6), default: 1),
    .number(
      "speed_limit", "how fast drones may fly before it costs as much as they are faster",
      unit: "m/s", in: .positive, default: 2.5),
    .number("bound", "how far out or up a drone may go", unit: "m", in: .positive, default: 4),
    .number(
      "learned_anywhere", "the share of races that begin behind any gate while this is learned",
      in: .within(0...1), default: 0.7)
  ) {
    gates, pillars, start, opening, laps, level, spread, turn, sight, bonus, crash, learnedCrash,
    haste, speedLimit, bound, anywhere throws(ParameterError) in
    var track = try RaceTrack(gates, pillars, start: start)
    (track.opening, track.laps) = (opening, laps)
    var task = GateRacingTask(track: track, level: level)
    (task.spread, task.turn, task.sight) = (spread, turn, sight)
    (task.bonus, task.crash, task.haste) = (bonus, crash, haste)
    (task.bound, task.speedLimit) = (bound, speedLimit)
    (task.learnedAnywhere, task.learnedCrash) = (anywhere, learnedCrash)
    return task
  }
}

extension RaceTrack {
  /// Where drones begin with gates of one's own, unless said otherwise. [m]
  fileprivate static let usualStart = Vector<World, Double>(0, 0, 0.05)

  /// The track of some gates, or of lsy_drone_racing if there are none; then nothing else of a track may be said.
  fileprivate init(
    _ gates: [Gate], _ pillars: [Vector<World, Double>], start: Vector<World, Double>
  ) throws(ParameterError) {
    if !gates.isEmpty {
      self.init(gates: gates, pillars: pillars, start: start)
      return
    }
    for (name, isSaid) in [("pillars", !pillars.isEmpty), ("start", start != Self.usualStart)]
    where isSaid {
      throw ParameterError(
        "stands without gates", of: name, expected: "gates of your own beside it")
    }
    self = .standard
  }
}
