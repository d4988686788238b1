import Control
import Gym
import Randomness
import Simulation
import SpatialMath
import Tasks
import Testing

/// Tasks that judge many worlds at once.
struct BatchJudgeTests {
  /// Hovering, judged over rows of all worlds, as a task in another language would.
  private struct RowsHoverTask: DroneTask {
    private var base = HoverTask()
    var setup: TaskSetup {
      get { base.setup }
      set { base.setup = newValue }
    }

    func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
      base.begin(&start, using: &random)
    }

    func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint { fatalError("unasked") }

    func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double { fatalError("unasked") }

    func judge(_ episodes: inout Episodes<NoMemory>, into rows: inout StepRows) {
      for world in 0..<episodes.worldCount where episodes.isRunning(world) {
        episodes.move(to: world)
        let place = episodes.current.position(of: 0)
        let e2 = (Vector<World, Double>(0, 0, 1) - place).squaredNorm
        rows.rewards[world] = Float(max(0, 2 - e2 * e2))
        let isOutside = abs(place.x) > 1.5 || abs(place.y) > 1.5 || place.z > 2
        rows.terminations[world] = episodes.current.hasCrashed(0) || isOutside
      }
    }

    func describe(
      _ worlds: Range<Int>, of episodes: inout Episodes<NoMemory>,
      into outputs: inout TaskOutputs
    ) {
      for world in worlds {
        outputs.setGoal(Setpoint(position: Vector(0, 0, 1)), ofRow: world)
      }
    }
  }

  /// A formation that is asked for goals, rewards and endings drone by drone.
  private struct EachFormationTask: TaskWrapper {
    typealias Memory = NoMemory
    var base: FormationTask
  }

  private static func trace(_ task: some DroneTask, _ mode: AutoresetMode) throws -> [UInt32] {
    var environment = try TaskEnvironment(task, count: 70, autoresetMode: mode)
    var player = TaskPlayer(.random, of: environment, seed: 5)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 3, into: &batch)
    var bits: [UInt32] = []
    for _ in 0..<300 {
      player.act(in: environment, batch: &batch)
      try environment.step(&batch)
      for row in batch.rewards.indices {
        bits.append(batch.rewards[row].bitPattern)
        bits.append(batch.terminations[row] ? 1 : batch.truncations[row] ? 2 : 0)
      }
      for index in batch.observations.indices { bits.append(batch.observations[index].bitPattern) }
    }
    return bits
  }

  @Test(
    "a task that is asked for all worlds at once plays the bits of one that is asked drone by drone",
    arguments: [AutoresetMode.sameStep, .nextStep])
  func rowsAreAsGoodAsDrones(mode: AutoresetMode) throws {
    let bits = try Self.trace(HoverTask(), mode)
    #expect(bits.contains(1), "no episode was terminated")
    #expect(try Self.trace(RowsHoverTask(), mode) == bits)
  }

  @Test(
    "formations that are judged by groups, to goals said once, play the bits of those asked drone by drone",
    arguments: [3, 4, 10], [FlightPhysics.Precision.double, .single])
  func groupsAreAsGoodAsDrones(agentCount: Int, precision: FlightPhysics.Precision) throws {
    var task = FormationTask(agentCount: agentCount, radius: 0.1, spacing: 0.2)
    task.setup.physics.precision = precision
    let bits = try Self.trace(task, .sameStep)
    #expect(bits.contains(1), "no episode was terminated")
    #expect(try Self.trace(EachFormationTask(base: task), .sameStep) == bits)
  }

  @Test("an episode that is kept stays as it was while the worlds go on")
  func keptEpisodes() throws {
    var environment = try TaskEnvironment(HoverTask(), count: 2)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 1, into: &batch)
    for _ in 0..<5 { try environment.step(&batch) }
    let (kept, state) = (environment.episode(of: 1), environment.episode(of: 1).state(of: 0))
    for _ in 0..<5 { try environment.step(&batch) }
    #expect(kept.stepCount == 5 && kept.state(of: 0) == state)
    #expect(environment.episode(of: 1).stepCount == 10)
    #expect(environment.episode(of: 1).state(of: 0) != state)
    #expect(kept.stateBefore(of: 0) != state)
  }
}
