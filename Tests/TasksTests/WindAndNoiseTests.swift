import Drone
import Gym
import Simulation
import SpatialMath
import Tasks
import Testing

/// Wind, and what drones see wrongly.
struct WindAndNoiseTests {
  /// An environment in which nothing differs but what a test says, and its buffers.
  private func hover(_ change: (inout TaskSetup) -> Void) throws -> TaskEnvironment<HoverTask> {
    var task = HoverTask()
    task.setup.randomisation = Randomisation()
    // No torque of its own tips it over, so that what it does is the wind's.
    task.setup.model = .peersCrazyflie
    change(&task.setup)
    return try TaskEnvironment(task, count: 3, autoresetMode: .disabled)
  }

  /// The velocities of the drones after some steps at hover speed, in episodes of some seed.
  private func velocities(
    _ environment: inout TaskEnvironment<HoverTask>, seed: UInt64?, steps: Int = 15
  ) throws -> [Vector<World, Double>] {
    var batch = StepBatch(layout: environment.layout)
    if let seed {
      try environment.reset(seed: seed, into: &batch)
    } else {
      try environment.reset(into: &batch)
    }
    for _ in 0..<steps { try environment.step(&batch) }
    return (0..<3).map { environment.episode(of: $0).state(of: 0).velocity }
  }

  @Test("a steady wind takes drones along, in every world alike")
  func windBlows() throws {
    var environment = try hover { $0.wind = Wind(mean: Vector(3, 0, 0)) }
    let found = try velocities(&environment, seed: 1)
    #expect(found[0].x > 0.05 && abs(found[0].y) < 0.1 * found[0].x)
    #expect(found[1] == found[0] && found[2] == found[0])
  }

  @Test("a random wind comes from anywhere, and its speed is within the range")
  func windIsRandom() throws {
    var calm = try hover { $0.wind = Wind(mean: Vector(2, 0, 0)) }
    let pace = try velocities(&calm, seed: 1)[0].x
    var environment = try hover { $0.randomisation.windSpeed = 2...2 }
    var directions: [Vector<World, Double>] = []
    for seed in 0..<20 as Range<UInt64> {
      for velocity in try velocities(&environment, seed: seed) {
        let level = Vector<World, Double>(velocity.x, velocity.y, 0)
        #expect(abs(level.norm - pace) < 0.1 * pace)
        directions.append((1 / level.norm) * level)
      }
    }
    let mean = directions.reduce(.zero) { $0 + (1 / 60) * $1 }
    // Of 60 even directions the mean has the deviation 1 / √120 along each axis.
    #expect(mean.norm < 4 / 120.0.squareRoot(), "\(mean)")
  }

  @Test("turbulence differs from episode to episode and world to world, and follows the seed")
  func turbulenceIsReseeded() throws {
    var environment = try hover {
      $0.wind.turbulence = DrydenTurbulence(intensity: 1, height: 3, airspeed: 1)
    }
    let first = try velocities(&environment, seed: 4)
    let second = try velocities(&environment, seed: nil)
    #expect(first[0] != first[1] && first[1] != first[2])
    #expect(zip(first, second).allSatisfy { $0 != $1 })
    #expect(try velocities(&environment, seed: 4) == first)
  }

  @Test("noise is seen with its deviation, and changes neither flight nor reward")
  func noiseIsSeen() throws {
    let noise = SensorNoise(position: 0.02, velocity: 0.1, attitude: 0.01, bodyRates: 0.3)
    func play(_ noise: SensorNoise) throws -> (seen: [[Float]], rewards: [Float]) {
      var environment = try hover { setup in
        setup.noise = noise
        setup.timeLimit = 1e4
        setup.actionMode = .displacement(reach: 1)
        setup.observation = [
          .positionError(scale: 1), .velocity(.world, scale: 5), .angularVelocity(.body, scale: 20),
          .rollPitchYaw,
        ]
      }
      var batch = StepBatch(layout: environment.layout)
      try environment.reset(seed: 2, into: &batch)
      var player = TaskPlayer(.zero, of: environment, seed: 0)
      var (seen, rewards): ([[Float]], [Float]) = ([], [])
      for _ in 0..<600 {
        player.act(in: environment, batch: &batch)
        try environment.step(&batch)
        let width = environment.layout.observationCount
        for row in 0..<3 {
          seen.append((0..<width).map { batch.observations[row * width + $0] })
          rewards.append(batch.rewards[row])
        }
      }
      return (seen, rewards)
    }
    let (truth, noisy) = (try play(.none), try play(noise))
    #expect(truth.rewards == noisy.rewards)
    let scales =
      [0.02, 0.02, 0.02, 0.1 / 5, 0.1 / 5, 0.1 / 5, 0.3 / 20, 0.3 / 20, 0.3 / 20]
      + Array(repeating: 0.01 / .pi, count: 3)
    for (column, expected) in scales.enumerated() {
      let errors = zip(truth.seen, noisy.seen).map { Double($1[column] - $0[column]) }
      let mean = errors.reduce(0, +) / Double(errors.count)
      let deviation = (errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)).squareRoot()
      // Of 1,800 draws; the deviation of theirs is known to 1.7 %, the mean to 2.4 %.
      #expect(abs(deviation / expected - 1) < 0.08, "column \(column): \(deviation)")
      #expect(abs(mean) < 0.1 * expected, "column \(column): \(mean)")
    }
  }

  @Test("ranges are noisy, and never beyond their bounds")
  func rangesAreNoisy() throws {
    var task = NavigationTask()
    task.setup.observation = [.ranges(16, reach: 3)]
    task.setup.noise = SensorNoise(range: 0.5)
    var environment = try TaskEnvironment(task, autoresetMode: .disabled)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 0, into: &batch)
    let seen = (0..<16).map { batch.observations[$0] }
    #expect(seen.allSatisfy { (0...1).contains($0) })
    #expect(seen.contains { $0 > 0.5 && $0 < 1 }, "some that reach far are seen nearer")
  }

  @Test("winds and noise that are no numbers are refused")
  func nonsenseIsRefused() {
    for change in [
      { $0.wind.mean.x = .nan }, { $0.wind.gusts = [Gust(peak: .zero, start: .nan, duration: 1)] },
      { $0.wind.turbulence = DrydenTurbulence(intensity: 1, height: 3, airspeed: 0) },
      { $0.randomisation.windSpeed = -1...0 }, { $0.randomisation.windSpeed = 0 ... .infinity },
      { $0.noise.position = -1 }, { $0.noise.range = .nan },
    ] as [(inout TaskSetup) -> Void] {
      #expect(throws: TaskError.self) { _ = try hover(change).layout }
    }
  }
}
