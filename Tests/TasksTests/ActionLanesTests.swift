import Control
import Drone
import Gym
import Randomness
import Simulation
import SpatialMath
import Tasks
import Testing

/// What the drones of a batch do with their actions, four at a time, is what each does alone.
struct ActionLanesTests {
  @Test(
    "a batch flies as its drones do alone, told one by one, whatever the numbers of an action mean",
    arguments: [
      .rotorSpeeds(authority: 0.2), .collective(authority: 0.1), .wholeRange, .waypoint,
      .displacement(reach: 0.5), .climb(reach: 0.1), .velocity(limit: 1), .attitude(tilt: 0.5),
      .bodyRates(limit: 5), .throttles, .gains,
    ] as [ActionMode], [PositionLaw.derived, .crazyflie])
  func fliesAsAlone(mode: ActionMode, law: PositionLaw) throws {
    guard mode != .gains || law == .crazyflie else { return }
    let task = TumblingTask(mode: mode, law: law)
    var environment = try TaskEnvironment(task, count: 7)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 4, into: &batch)
    let alone = try (0..<7).map { world in
      try LoneDrone(task, from: environment.episode(of: world).state(of: 0))
    }
    var random = SplitMix64(seed: 2)
    for _ in 0..<20 {
      for (world, drone) in alone.enumerated() {
        // Beyond the bounds as well, where they are held.
        let action = (0..<mode.count).map { _ in Float(random.uniform(in: -1.2...1.2)) }
        var rows = batch.rows
        for (column, value) in action.enumerated() {
          rows.actions[world * mode.count + column] = value
        }
        drone.step(action.map { Double($0).clamped(from: -1, to: 1) })
      }
      try environment.step(&batch)
      for (world, drone) in alone.enumerated() {
        #expect(environment.episode(of: world).state(of: 0) == drone.state)
      }
    }
  }

  /// Thirteen drones are four groups at a time, one drone a part of two.
  @Test(
    "in single precision a batch flies as its drones do alone, and for one action nearly as in double",
    arguments: [
      .displacement(reach: 0.5), .velocity(limit: 1), .attitude(tilt: 0.5),
    ] as [ActionMode], [PositionLaw.derived, .crazyflie])
  func fliesAsAloneInSinglePrecision(mode: ActionMode, law: PositionLaw) throws {
    let task = TumblingTask(mode: mode, law: law)
    let seeds = (0..<13).map { UInt64(40 + $0) }
    func states(
      of seeds: [UInt64], in precision: FlightPhysics.Precision, steps: Int
    ) throws -> [DroneState<Double>] {
      var environment = try TaskEnvironment(task, count: seeds.count, precision: precision)
      var batch = StepBatch(layout: environment.layout)
      try environment.reset(seeds: seeds, where: nil, into: &batch)
      for step in 0..<steps {
        var rows = batch.rows
        for (world, seed) in seeds.enumerated() {
          var random = SplitMix64(seed: seed).stream(UInt64(step))
          for column in 0..<mode.count {
            rows.actions[world * mode.count + column] = Float(random.uniform(in: -1...1))
          }
        }
        try environment.step(&batch)
      }
      return seeds.indices.map { environment.episode(of: $0).state(of: 0) }
    }
    let together = try states(of: seeds, in: .single, steps: 20)
    for (world, seed) in seeds.enumerated() {
      #expect(try states(of: [seed], in: .single, steps: 20) == [together[world]])
    }
    let (once, exact) = try (
      states(of: seeds, in: .single, steps: 1), states(of: seeds, in: .double, steps: 1)
    )
    for (a, b) in zip(once, exact) {
      #expect(a != b)
      #expect((a.velocity - b.velocity).norm < 1e-4 && (a.bodyRates - b.bodyRates).norm < 1e-2)
    }
  }
}

/// Starts in any attitude, motion and rotor speed, and ends by its time alone.
private struct TumblingTask: DroneTask {
  static let goal = Setpoint(
    position: Vector(1, -2, 50), velocity: Vector(0.1, 0, 0), yaw: 0.7)
  var setup: TaskSetup

  init(mode: ActionMode, law: PositionLaw) {
    setup = TaskSetup(
      model: .peersCrazyflie, controlFrequency: 48, actionMode: mode, positionLaw: law)
  }

  func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
    func vector<F: Frame>(_ size: Double) -> Vector<F, Double> {
      Vector(
        random.uniform(in: -size...size), random.uniform(in: -size...size),
        random.uniform(in: -size...size))
    }
    let angles: Vector<Body, Double> = vector(.pi)
    let top = setup.model.maximumRotorSpeed
    start.states[0] = DroneState(
      position: Vector(0, 0, 50),
      attitude: Rotation(RollPitchYaw(roll: angles.x, pitch: 0.5 * angles.y, yaw: angles.z)),
      velocity: vector(3), bodyRates: vector(5),
      rotorSpeeds: PerRotor(0, 0.3, 0.6, 1).map { top * $0 })
    return NoMemory()
  }

  func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint {
    Self.goal
  }

  func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double { 0 }
}

/// A drone in a world of its own, told by the decoder of a single drone.
private final class LoneDrone {
  private let setup: TaskSetup
  private let decoder: ActionDecoder
  private var simulator: Simulator
  private var memory = LoopMemory<Double>()

  init(_ task: TumblingTask, from start: DroneState<Double>) throws {
    setup = task.setup
    decoder = try ActionDecoder(setup)
    simulator = try Simulator(
      models: [setup.model], states: [start], physics: setup.physics, frequency: 240)
  }

  var state: DroneState<Double> { simulator.swarm[0] }

  func step(_ action: [Double]) {
    let speeds = decoder.rotorSpeeds(
      for: action.span, state: state, goal: TumblingTask.goal, memory: &memory)
    simulator.command(0, rotorSpeeds: speeds)
    simulator.advance(steps: 5)
  }
}
