import Drone
import Gym
import Simulation
import SpatialMath
import Tasks
import Testing

/// Drones of a task that noise shakes, that commands reach late, and that differ in what air and rotors do.
struct IdentifiedDroneTests {
  private static func model() -> QuadcopterModel {
    var model = QuadcopterModel.peersCrazyflie
    model.air.torqueNoise = Vector(4e-5, 4e-5, 1e-5)
    model.air.torqueNoiseTime = 0.2
    model.air.speedMoment = Vector(4e-4, 4e-4, 0)
    model.air.rateDamping = Vector(2e-5, 2e-5, 0)
    model.rotorLag = RotorLag(riseRate: 40, riseGain: 0, fallRate: 40, fallGain: 0)
    model.rotorInertia = 5e-8
    model.deadTime = 0.01
    return model
  }

  private func hover(_ change: (inout TaskSetup) -> Void) throws -> TaskEnvironment<HoverTask> {
    var task = HoverTask()
    task.setup.model = Self.model()
    task.setup.randomisation = Randomisation()
    change(&task.setup)
    return try TaskEnvironment(task, count: 3, autoresetMode: .disabled)
  }

  /// The states of the drones after 0.4 s of rotors that differ, in episodes of some seed.
  private func states(
    _ environment: inout TaskEnvironment<HoverTask>, seed: UInt64?
  ) throws -> [DroneState<Double>] {
    var batch = StepBatch(layout: environment.layout)
    if let seed {
      try environment.reset(seed: seed, into: &batch)
    } else {
      try environment.reset(into: &batch)
    }
    for index in 0..<12 { batch.actions[index] = 0.7 + 0.01 * Float(index % 4) }
    for _ in 0..<12 { try environment.step(&batch) }
    return (0..<3).map { environment.episode(of: $0).state(of: 0) }
  }

  @Test("noise differs from episode to episode and world to world, and follows the seed")
  func noiseIsReseeded() throws {
    var environment = try hover { _ in }
    let first = try states(&environment, seed: 4)
    let second = try states(&environment, seed: nil)
    #expect(first[0] != first[1] && first[1] != first[2])
    #expect(zip(first, second).allSatisfy { $0 != $1 })
    #expect(try states(&environment, seed: 4) == first)
    var calm = try hover { $0.model.air.torqueNoise = .zero }
    let still = try states(&calm, seed: 4)
    #expect(still[0] == still[1] && still[1] == still[2])
  }

  @Test("noise and late commands come back with a snapshot of the environment")
  func snapshot() throws {
    var environment = try hover { _ in }
    _ = try states(&environment, seed: 4)
    let middle = try environment.snapshot()
    var batch = StepBatch(layout: environment.layout)
    func end() throws -> [DroneState<Double>] {
      for _ in 0..<5 { try environment.step(&batch) }
      return (0..<3).map { environment.episode(of: $0).state(of: 0) }
    }
    let first = try end()
    try environment.restore(middle)
    #expect(try end() == first)
  }

  @Test("each factor changes the flight, and a range of one number draws nothing")
  func factors() throws {
    func calm(_ change: (inout Randomisation) -> Void) throws -> [DroneState<Double>] {
      var environment = try hover { setup in
        setup.model.air.torqueNoise = .zero
        // So that drones move, turn and change the speeds of their rotors.
        setup.wind = Wind(mean: Vector(0.3, 0.1, 0))
        change(&setup.randomisation)
      }
      return try states(&environment, seed: 4)
    }
    let nominal = try calm { _ in }
    #expect(try calm { $0.mass = 1...1 } == nominal)
    let changes: [(inout Randomisation) -> Void] = [
      { $0.rotorLag = 0.8...0.9 }, { $0.deadTime = 0...0.5 }, { $0.deadTime = 1.5...2 },
      { $0.speedMoment = 0.8...0.9 }, { $0.rateDamping = 0.5...0.9 },
    ]
    for change in changes {
      let other = try calm(change)
      #expect(zip(nominal, other).allSatisfy { $0 != $1 })
      #expect(other[0] != other[1] && other[1] != other[2])
    }
  }

  @Test("factors on what is not there draw numbers, and change nothing")
  func absent() throws {
    func fly(_ change: (inout Randomisation) -> Void) throws -> [DroneState<Double>] {
      var environment = try hover { setup in
        setup.model = .peersCrazyflie
        change(&setup.randomisation)
      }
      return try states(&environment, seed: 4)
    }
    #expect(
      try fly {
        $0.deadTime = 0...2
        $0.speedMoment = 0...2
        $0.torqueNoise = 0...2
        $0.rotorInertia = 0...2
      } == fly { _ in })
  }

  @Test(
    "factors that no drone can have are refused in a line",
    arguments: [
      (0, "factors on rotor lag are above 0"), (1, "factors on rotors and air are from 0 to 1000"),
      (2, "at a bound of randomisation, a dead time up to 1.0 s, not 2.0 s"),
    ])
  func refuses(index: Int, message: String) {
    let error = #expect(throws: TaskError.self) {
      _ = try hover { setup in
        switch index {
        case 0: setup.randomisation.rotorLag = 0...1
        case 1: setup.randomisation.rateDamping = -1...1
        default: setup.randomisation.deadTime = 1...200
        }
      }
    }
    #expect(error?.description == message)
  }

  @Test("what differs is said in words")
  func description() {
    let differs = Randomisation(deadTime: 0...2, torqueNoise: 0.5...1.5)
    #expect(differs.description == "dead time × 0 to 2; torque noise × 0.5 to 1.5")
  }
}
