import Gym
import GymTesting
import Simulation
import SpatialMath
import Tasks
import Testing
import Workers

/// What holds of every task in the catalogue.
struct EveryTaskTests {
  @Test("keeps to the rules of environments", arguments: TaskCatalogue.standard.names)
  func conforms(name: String) throws {
    let entry = try #require(TaskCatalogue.standard[name])
    let report = Self.check(entry.task(), count: 3, steps: 120)
    #expect(report.isConforming, "\(report)")
  }

  @Test("in larger batches too", arguments: [("gate-racing", 7, 100), ("multi-hover", 256, 30)])
  func conformsInLargerBatches(name: String, count: Int, steps: Int) throws {
    let entry = try #require(TaskCatalogue.standard[name])
    let report = Self.check(entry.task(), count: count, steps: steps)
    #expect(report.isConforming, "\(report)")
  }

  @Test(
    "whatever the numbers of an action mean",
    arguments: [
      .rotorSpeeds(authority: 0.05), .collective(authority: 0.1), .wholeRange, .waypoint,
      .displacement(reach: 0.5), .climb(reach: 0.1), .velocity(limit: 1), .attitude(tilt: 0.5),
      .bodyRates(limit: 5), .gains,
    ] as [ActionMode])
  func conformsInEveryActionMode(mode: ActionMode) {
    var task = HoverTask()
    task.setup.timeLimit = 1
    task.setup.actionMode = mode
    if mode == .gains { task.setup.positionLaw = .crazyflie }
    let report = Self.check(task, count: 2, steps: 70)
    #expect(report.isConforming && report.unchecked.isEmpty, "\(report)")
  }

  @Test("whatever drones see, and with all that can differ from episode to episode")
  func conformsWithEveryPart() throws {
    var task = FormationTask(agentCount: 3)
    task.setup.timeLimit = 1
    task.setup.randomisation = .everything
    task.setup.wind = .everything
    task.setup.noise = .everything
    task.setup.observation += [
      .quaternion, .rollPitchYaw, .velocity(.body, scale: 2), .angularVelocity(.world, scale: 9),
      .height(scale: 2), .lastActions(4), .ranges(5, reach: 2),
    ]
    let report = Self.check(task, count: 7, steps: 100)
    #expect(report.isConforming && report.unchecked.isEmpty, "\(report)")
  }

  @Test(
    "gives the same bits on two threads as on one", arguments: ["hover", "formation", "landing"])
  func doesNotDependOnThreads(name: String) throws {
    let entry = try #require(TaskCatalogue.standard[name])
    #expect(try Self.trace(entry.task(), threads: 1) == Self.trace(entry.task(), threads: 2))
  }

  private static func trace(_ task: some DroneTask, threads: Int) throws -> [UInt32] {
    var environment = try TaskEnvironment(task, count: 150, pool: WorkerPool(threads: threads))
    var player = TaskPlayer(.random, of: environment, seed: 5)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 3, into: &batch)
    var bits: [UInt32] = []
    for _ in 0..<40 {
      player.act(in: environment, batch: &batch)
      try environment.step(&batch)
      for row in 0..<environment.layout.rowCount { bits.append(batch.rewards[row].bitPattern) }
    }
    for index in batch.observations.indices { bits.append(batch.observations[index].bitPattern) }
    return bits
  }

  static func check<Task: DroneTask>(_ task: Task, count: Int, steps: Int) -> ConformanceReport {
    checkEnvironment(environmentCount: count, steps: steps) {
      try TaskEnvironment(task, count: $0, autoresetMode: $1)
    }
  }
}

extension Randomisation {
  /// A good deal of every difference.
  static let everything = Randomisation(
    mass: 0.8...1.2, inertia: 0.8...1.2, motors: 0.95...1.05, drag: 0...2, delay: 0...3,
    position: .init(0.2, 0.2, 0.05), speed: 0.2, tilt: 0.2, yaw: 3, bodyRate: 1,
    windSpeed: 0...3)
}

extension Wind {
  /// A breeze, a gust and turbulence.
  static let everything = Wind(
    mean: .init(1, -0.5, 0.1), gusts: [Gust(peak: .init(0, 3, 0), start: 0.1, duration: 0.3)],
    turbulence: DrydenTurbulence(intensity: 0.5, height: 3, airspeed: 1))
}

extension SensorNoise {
  /// A little of every error.
  static let everything = SensorNoise(
    position: 0.01, velocity: 0.05, attitude: 0.02, bodyRates: 0.1, range: 0.05)
}
