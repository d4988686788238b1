import Gym
import GymTesting
import Parameters
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

  /// Four to six steps an episode, so that several begin.
  @Test(
    "and does so with drones that differ, wind and noise, in batches of any size",
    arguments: TaskCatalogue.standard.names, [(7, 24), (256, 7)])
  func conformsInHarshWorlds(name: String, size: (count: Int, steps: Int)) throws {
    let entry = try #require(TaskCatalogue.standard[name])
    let report = Self.checkHarsh(entry.task(), count: size.count, steps: size.steps)
    #expect(report.isConforming && report.unchecked.isEmpty, "\(report)")
  }

  @Test(
    "whatever the numbers of an action mean",
    arguments: [
      .rotorSpeeds(authority: 0.05), .collective(authority: 0.1), .wholeRange, .waypoint,
      .displacement(reach: 0.5), .climb(reach: 0.1), .velocity(limit: 1), .attitude(tilt: 0.5),
      .bodyRates(limit: 5), .throttles, .gains,
    ] as [ActionMode])
  func conformsInEveryActionMode(mode: ActionMode) {
    var task = HoverTask()
    task.setup.timeLimit = 1
    task.setup.actionMode = mode
    if mode == .gains { (task.setup.positionLaw, task.setup.model) = (.crazyflie, .peersCrazyflie) }
    let report = Self.check(task, count: 2, steps: 70)
    #expect(report.isConforming && report.unchecked.isEmpty, "\(report)")
  }

  @Test("whatever drones see")
  func conformsWithEveryPart() throws {
    var task = FormationTask(agentCount: 3)
    task.setup.observation += [
      .positionError(scale: 2, along: .body), .projectedGravity,
      .neighbours(1, scale: 2, along: .body),
      .quaternion, .rollPitchYaw, .velocity(.body, scale: 2), .angularVelocity(.world, scale: 9),
      .height(scale: 2), .lastActions(4),
      .accelerations(3, scale: 20, turnScale: 100), .ranges(5, reach: 2),
      .ranges(3, reach: 1, halfAt: 0.2),
    ]
    task.setup.sensors = [
      ObservedSensor("imu", Self.imu, scale: 30),
      ObservedSensor("down", Rangefinders.down(noise: Self.noise), scale: 2),
    ]
    let report = Self.check(HarshTask(task, timeLimit: 1), count: 7, steps: 100)
    #expect(report.isConforming && report.unchecked.isEmpty, "\(report)")
  }

  private static let noise = NoiseModel(.deviation(0.02), bias: 0.1, walk: 0.1, dropout: 0.1)
  private static let imu = InertialSensor(gyroscope: noise, accelerometer: noise)

  @Test(
    "gives the same bits on two threads as on one", arguments: TaskCatalogue.standard.names,
    AutoresetMode.allCases)
  func doesNotDependOnThreads(name: String, mode: AutoresetMode) throws {
    let entry = try #require(TaskCatalogue.standard[name])
    #expect(
      try Self.trace(entry.task(), mode, threads: 1) == Self.trace(entry.task(), mode, threads: 2))
  }

  private static func trace(
    _ task: some DroneTask, _ mode: AutoresetMode, threads: Int
  ) throws -> [UInt32] {
    var environment = try TaskEnvironment(
      HarshTask(task, timeLimit: 0.2), count: 256, autoresetMode: mode,
      pool: ThreadPool(threads: threads))
    var player = TaskPlayer(.random, of: environment, seed: 5)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 3, into: &batch)
    var live = LiveAgents(layout: environment.layout, mode: mode)
    var bits: [UInt32] = []
    for _ in 0..<20 {
      player.act(in: environment, batch: &batch)
      try environment.step(&batch)
      live.update(batch)
      if mode == .disabled, live.hasEnded.contains(true) {
        let over = live.hasEnded
        try environment.reset(seeds: nil, where: over, into: &batch)
        for index in over.indices where over[index] { live.begin(environment: index) }
      }
      for row in 0..<environment.layout.rowCount { bits.append(batch.rewards[row].bitPattern) }
      for index in batch.observations.indices { bits.append(batch.observations[index].bitPattern) }
    }
    return bits
  }

  private static func checkHarsh(
    _ task: some DroneTask, count: Int, steps: Int
  ) -> ConformanceReport {
    check(HarshTask(task, timeLimit: 0.12), count: count, steps: steps)
  }

  private static func check(
    _ task: some DroneTask, count: Int, steps: Int
  ) -> ConformanceReport {
    checkEnvironment(environmentCount: count, steps: steps) {
      try TaskEnvironment(task, count: $0, autoresetMode: $1)
    }
  }
}
