import CAllocations
import Gym
import Parameters
import Simulation
import Tasks
import Testing

/// What steps of environments take from the heap.
@Suite(.serialized, .enabled(if: allocations_are_counted(), "this build counts allocations"))
struct MemoryTests {
  /// How often the heap is asked in some steps under random actions, and how many agents came to their
  /// end in them.
  ///
  /// They are played before, in the same way: Bullet's buffers grow with the contacts that there are at
  /// once, and never shrink.
  private static func count(
    _ task: some DroneTask, steps: Int
  ) throws -> (allocations: Int, ends: Int) {
    var environment = try TaskEnvironment(task, count: 64)
    var batch = StepBatch(layout: environment.layout)
    var (allocations, ends) = (0, 0)
    for isCounted in [false, true] {
      var player = TaskPlayer(.random, of: environment, seed: 1)
      try environment.reset(seed: 1, into: &batch)
      for _ in 0..<steps {
        player.act(in: environment, batch: &batch)
        let before = allocations_of_this_thread()
        try environment.step(&batch)
        guard isCounted else { continue }
        allocations += Int(allocations_of_this_thread() - before)
        for row in 0..<environment.layout.rowCount
        where batch.terminations[row] || batch.truncations[row] { ends += 1 }
      }
    }
    return (allocations, ends)
  }

  @Test(
    "a step takes nothing from the heap, resets included", arguments: TaskCatalogue.standard.names)
  func steps(name: String) throws {
    let entry = try #require(TaskCatalogue.standard[name])
    let plain = try Self.count(entry.task(), steps: 100)
    #expect(plain.allocations == 0, "\(plain)")
    let harsh = try Self.countHarsh(entry.task(), steps: 100)
    #expect(harsh.allocations == 0 && harsh.ends > 0, "\(harsh)")
  }

  private static func countHarsh(
    _ task: some DroneTask, steps: Int
  ) throws -> (allocations: Int, ends: Int) {
    try count(HarshTask(task, timeLimit: 1), steps: steps)
  }

  @Test("nor do steps of drones that see through sensors")
  func sensors() throws {
    let noise = NoiseModel(.deviation(0.02), bias: 0.1, walk: 0.1, dropout: 0.1)
    var task = FormationTask(agentCount: 3)
    task.setup.sensors = [
      ObservedSensor(
        "imu", InertialSensor(gyroscope: noise, accelerometer: noise), scale: 30),
      ObservedSensor("down", Rangefinders.down(noise: noise), scale: 2),
    ]
    let plain = try Self.count(task, steps: 100)
    #expect(plain.allocations == 0, "\(plain)")
    let harsh = try Self.countHarsh(task, steps: 100)
    #expect(harsh.allocations == 0 && harsh.ends > 0, "\(harsh)")
  }

  @Test("nor do steps among obstacles that move")
  func movingObstacles() throws {
    var task = CrossingTask(from: 2, to: -0.5, within: 0.3)
    task.setup.timeLimit = 1
    task.setup.observation += [.ranges(8, reach: 4), .multiranger(reach: 4)]
    let plain = try Self.count(task, steps: 100)
    #expect(plain.allocations == 0 && plain.ends > 0, "\(plain)")
    task.setup.physics.dynamics = .explicit
    let untouched = try Self.count(task, steps: 100)
    #expect(untouched.allocations == 0 && untouched.ends > 0, "\(untouched)")
  }

  @Test("nor do hundreds of thousands of them")
  func manySteps() throws {
    let found = try Self.count(HoverTask(), steps: 5000)
    #expect(found.allocations == 0 && found.ends > 5000, "\(found)")
  }
}
