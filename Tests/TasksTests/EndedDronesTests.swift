import Control
import Drone
import Gym
import Randomness
import Simulation
import SpatialMath
import Tasks
import Testing

/// What becomes of drones whose episodes end before those of others.
struct EndedDronesTests {
  /// Two drones side by side, of which the second is out after its first step.
  private struct LonelyTask: DroneTask {
    let agentCount = 2
    var setup = TaskSetup(observation: [
      .positionError(scale: 3), .neighbours(1, scale: 3), .ranges(4, reach: 2),
    ])

    func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
      for agent in 0..<2 { start.states[agent].position = Vector(0.5 * Double(agent), 0, 1) }
      return NoMemory()
    }

    func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint { Setpoint() }
    func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double { 0 }
    func isTerminated(_ agent: Int, in episode: Episode<NoMemory>) -> Bool { agent == 1 }
  }

  /// An environment and its buffers, some steps with zero actions after its start.
  private struct Flight: ~Copyable {
    var environment: TaskEnvironment<LonelyTask>
    var batch: StepBatch

    init(_ endedDrones: EndedDrones, steps: Int) throws {
      var task = LonelyTask()
      task.setup.endedDrones = endedDrones
      var environment = try TaskEnvironment(task)
      var batch = StepBatch(layout: environment.layout)
      try environment.reset(seed: 3, into: &batch)
      for _ in 0..<steps { try environment.step(&batch) }
      self.environment = environment
      self.batch = batch
    }

    /// What the first drone sees.
    var observation: [Float] {
      (0..<environment.layout.observationCount).map { batch.observations[$0] }
    }
    /// How far it sees along x, as a share of the reach.
    var rangeAhead: Float { observation[9] }

    var states: [DroneState<Double>] {
      (0..<2).map { environment.episode(of: 0).state(of: $0) }
    }
  }

  @Test("one that leaves is seen by nobody any more, and stays where it was")
  func leave() throws {
    let first = try Flight(.leave, steps: 1)
    let second = try Flight(.leave, steps: 2)
    #expect(first.rangeAhead < 0.25 && second.rangeAhead == 1)
    #expect(first.observation[3] > 0.1 && second.observation[3..<9].allSatisfy { $0 == 0 })
    #expect(second.states[1] == first.states[1] && second.states[0] != first.states[0])
  }

  @Test("one that stays falls as a thing that is seen by rays")
  func stay() throws {
    let first = try Flight(.stay, steps: 1)
    let second = try Flight(.stay, steps: 2)
    #expect(second.rangeAhead < 0.25)
    #expect(second.states[1].position.z < first.states[1].position.z)
  }

  @Test("a snapshot without one of the drones goes on to the same bits")
  func snapshot() throws {
    var flight = try Flight(.leave, steps: 5)
    let snapshot = try flight.environment.snapshot()
    for _ in 0..<20 { try flight.environment.step(&flight.batch) }
    var other = try Flight(.leave, steps: 0)
    try other.environment.restore(snapshot)
    for _ in 0..<20 { try other.environment.step(&other.batch) }
    #expect(other.states == flight.states && other.observation == flight.observation)
  }
}
