import Control
import Drone
import Foundation
import Gym
import Learning
import Parameters
import Simulation
import SpatialMath
import Tasks
import Testing
import Training
import Workers

struct SingleDroneObserverTests {
  /// The tasks of one drone whose observation shows no other drone.
  static let names = TaskCatalogue.standard.entries.filter { entry in
    let task = entry.task()
    return task.agentCount == 1 && (try? SingleDroneObserver(task.setup)) != nil
  }.map(\.name)

  @Test("sees what the environment shows, to the bit", arguments: names)
  func seesTheSame(name: String) throws {
    let task = try #require(TaskCatalogue.standard[name]).task()
    try compare(task)
  }

  private func compare(_ task: some DroneTask) throws {
    var environment = try TaskEnvironment(task, count: 1, autoresetMode: .disabled)
    var player = TaskPlayer(.random, of: environment, seed: 1)
    var batch = StepBatch(layout: environment.layout)
    let observer = try SingleDroneObserver(task.setup)
    try environment.reset(seed: 2, into: &batch)
    let origin = task.goal(of: 0, in: environment.episode(of: 0)).position
    var felt = FeltRecords(keeping: observer.accelerationsShown, rowCount: 1)
    var past = [Float](repeating: 0, count: observer.pastCount)
    for _ in 0..<20 where !batch.terminations[0] && !batch.truncations[0] {
      player.act(in: environment, batch: &batch)
      try environment.step(&batch)
      past = (past + batch.actions.indices.map { batch.actions[$0] }).suffix(observer.pastCount)
      let episode = environment.episode(of: 0)
      if observer.accelerationsShown > 0 {
        felt.keep(
          from: episode.stateBefore(of: 0), to: episode.state(of: 0), over: task.setup.period,
          gravity: task.setup.physics.gravity)
      }
      var row = [Float](repeating: .nan, count: observer.count)
      var span = row.mutableSpan
      observer.write(
        episode.state(of: 0), goal: task.goal(of: 0, in: episode), origin: origin,
        past: past.span, felt: felt, into: &span)
      #expect(row == batch.observations.indices.map { batch.observations[$0] })
    }
  }

  @Test("what it cannot see is refused by name")
  func refusesWhatItCannotSee() {
    let error = #expect(throws: TaskError.self) { try SingleDroneObserver(FormationTask().setup) }
    #expect(error?.description.contains("2 nearest others") == true)
  }
}

struct TrainedPolicyTests {
  /// What the policies that come with the package do in a hundred episodes, at least: well below what
  /// was measured, well above zero actions.
  @Test(
    "the policies that come with the package are worth their place",
    arguments: [
      ("hover", 465.0), ("multi-hover", 465), ("trajectory", 545), ("any-airframe", 540),
      ("landing", 20), ("velocity", 215), ("control", 233), ("takeoff", -66),
      ("fly-through-gate", -105),
      ("tune", -0.21), ("leader-follower", -4), ("flock", -20), ("meetup", -12), ("formation", 0.9),
      ("gpd-hover", 470), ("gpd-hover-1d", 474), ("gpd-multi-hover", 920),
      ("gpd-multi-hover-1d", 949.5),
      ("gpd-vision-hover", 372), ("vision-hover", 370), ("pursuit-evasion", 0.3),
      ("gate-racing", 8.5), ("navigation", 8), ("swarm-swap", 6.5), ("swarm-crossing", 7),
    ])
  func trainedPoliciesFly(name: String, least: Double) throws {
    let policy = try TrainedPolicy.load(name)
    let task = try #require(TaskCatalogue.standard[name]).task()
    try TaskSignature(of: task, named: name).check(policy)
    #expect(try meanReturn(of: policy, in: task) > least)
  }

  private func meanReturn(of policy: Policy, in task: some DroneTask) throws -> Double {
    var trial = try PolicyTrial(
      task, episodes: 0..<100, seed: 77, pool: ThreadPool(threads: 2))
    return try trial.run(policy).meanReturn
  }

  @Test("a policy of another task is refused with the first difference")
  func foreignTasksAreRefused() throws {
    let policy = try TrainedPolicy.load("trajectory")
    let error = #expect(throws: TrainingError.self) {
      try TaskSignature(of: HoverTask(), named: "hover").check(policy)
    }
    #expect(error?.description.contains("control frequency is '48', but '30'") == true)
  }

  @Test("a difference is told on one line, whatever the file says")
  func differencesAreOneLine() throws {
    var policy = try TrainedPolicy.load("hover")
    policy.metadata["control_frequency"] = "3\n0\u{1b}"
    let error = #expect(throws: TrainingError.self) {
      try TaskSignature(of: HoverTask(), named: "hover").check(policy)
    }
    #expect(
      error?.description == "its control frequency is '3\\n0\\u{1b}', but '30' is wanted")
  }
}

struct PolicyControllerTests {
  /// The task's own flight ends 6 cm from the point; a controller that saw or meant anything else would
  /// not come near.
  @Test("tracks a reference that it never saw", arguments: [48.0, 240])
  func tracksAReference(frequency: Double) throws {
    var controller = try PolicyController(TrainedPolicy.load("trajectory"))
    try controller.check(.crazyflie, frequency: frequency)
    let turning = QuadcopterModel.crazyflie.hoverRotorSpeed(gravity: 9.81)
    let start = DroneState<Double>(
      position: Vector(0.2, 0, 1), rotorSpeeds: PerRotor(repeating: turning))
    var simulator = try Simulator(
      models: [.crazyflie], states: [start],
      physics: .standardAir, frequency: 240)
    let reference = CircleReference(center: Vector(0, 0, 1), radius: 0.5, period: 5)
    var worst = 0.0
    for step in 0..<Int(10 * frequency) {
      let time = Double(step) / frequency
      let setpoint = reference.setpoint(at: time)
      let speeds = controller.rotorSpeeds(
        for: simulator.swarm[0], tracking: setpoint, at: time, every: 1 / frequency)
      simulator.command(0, rotorSpeeds: speeds)
      _ = simulator.advance(steps: Int(240 / frequency))
      if time > 3 { worst = max(worst, (simulator.swarm[0].position - setpoint.position).norm) }
    }
    #expect(worst < 0.15, "\(worst) m")
  }

  @Test("refuses drones and rates that it has not learned with")
  func refusesStrangers() throws {
    let controller = try PolicyController(TrainedPolicy.load("trajectory"))
    let racer = try ModelCatalogue.standard.model(named: "racer")
    #expect(throws: TrainingError.self) { try controller.check(racer, frequency: 48) }
    #expect(throws: TrainingError.self) { try controller.check(.crazyflie, frequency: 100) }
    #expect(throws: TrainingError.self) { try controller.check(.crazyflie, frequency: 24) }
  }

  @Test("a policy that looks at its neighbours cannot fly alone")
  func neighboursAreRefused() throws {
    let policy = try TrainedPolicy.load("multi-hover")
    let error = #expect(throws: TrainingError.self) { try PolicyController(policy) }
    #expect(error?.description.contains("nearest other") == true)
  }
}
