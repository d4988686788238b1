import Drone
import Gym
import Randomness
import Simulation
import SpatialMath
import Tasks
import Testing

/// What drones see through sensors of scenarios.
struct ObservedSensorTests {
  /// The height by air pressure, as a program of one's own may have it.
  private struct Barometer: Sensor {
    let noise: NoiseModel
    private var random = SplitMix64(seed: 0)
    let readingNames = ["barometer", "time"]

    init(noise: NoiseModel) { self.noise = noise }

    mutating func reset(using random: SplitMix64) { self.random = random }
    mutating func measure(_ truth: GroundTruth, into readings: inout MutableSpan<Double>) {
      readings[0] = truth.state.position.z + noise.sample(every: truth.period, using: &random)
      readings[1] = truth.time
    }
  }

  private static func task(_ sensors: [ObservedSensor]) -> HoverTask {
    var task = HoverTask()
    task.setup.observation = []
    task.setup.sensors = sensors
    return task
  }

  @Test("its readings over its scale, of each drone and instant")
  func readings() throws {
    let barometer = ObservedSensor("barometer", Barometer(noise: .none), scale: 4)
    var environment = try TaskEnvironment(Self.task([barometer]), count: 5)
    #expect(environment.layout.observationCount == 2)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 3, into: &batch)
    for _ in 0..<4 {
      for world in 0..<5 {
        let episode = environment.episode(of: world)
        #expect(batch.observations[2 * world] == Float(episode.position(of: 0).z / 4))
        #expect(batch.observations[2 * world + 1] == Float(episode.time / 4))
      }
      try environment.step(&batch)
    }
  }

  @Test(
    "a range finder sees what the same part of an observation sees, and an accelerometer gravity")
  func builtIn() throws {
    var task = Self.task([
      ObservedSensor("down", Rangefinders.down(), scale: 2),
      ObservedSensor("imu", InertialSensor(), scale: 20),
    ])
    task.setup.observation.append(.altitude(reach: 2))
    task.setup.randomisation.tilt = 0.3
    var environment = try TaskEnvironment(task, count: 3)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 3, into: &batch)
    let width = environment.layout.observationCount
    #expect(width == 8)
    for world in 0..<3 {
      let row = world * width
      #expect(abs(batch.observations[row + 1] - batch.observations[row]) < 1e-6)
      let force = (5...7).map { 20 * Double(batch.observations[row + $0]) }
      let size = force.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(abs(size - task.setup.physics.gravity) < 1e-4, "\(force)")
    }
  }

  @Test("errors are drawn anew for every observation, from the environment's own numbers")
  func errors() throws {
    let noisy = ObservedSensor("barometer", Barometer(noise: NoiseModel(.deviation(0.1))), scale: 1)
    func heights(seed: UInt64) throws -> [Float] {
      var environment = try TaskEnvironment(Self.task([noisy]), count: 1)
      var batch = StepBatch(layout: environment.layout)
      try environment.reset(seed: seed, into: &batch)
      return try (0..<20).map { _ in
        try environment.step(&batch)
        return batch.observations[0] - Float(environment.episode(of: 0).position(of: 0).z)
      }
    }
    let errors = try heights(seed: 1)
    #expect(try heights(seed: 1) == errors)
    #expect(try heights(seed: 2) != errors)
    #expect(Set(errors).count == 20)
    let mean = errors.reduce(0) { $0 + $1 * $1 } / 20
    #expect(mean.squareRoot() > 0.05 && mean.squareRoot() < 0.2, "\(errors)")
  }
}
