import Control
import Drone
import Geometry
import Gym
import Randomness
import SpatialMath
import Tasks
import Workers

/// Episodes that end after a few steps, of drones that fly past a wall.
struct PassTask: DroneTask {
  let agentCount: Int
  var setup = TaskSetup(
    controlFrequency: 48, timeLimit: 0.25,
    obstacles: [RigidBody(.box(size: Vector(0.1, 1, 2)), at: Pose(position: Vector(2, 0, 1)))])

  init(agentCount: Int = 2, frequency: Int = 24, images: [ImagePart] = [.rgb]) {
    self.agentCount = agentCount
    setup.camera = .front
    setup.camera?.frequency = frequency
    setup.camera?.images = images
  }

  func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
    for agent in start.states.indices {
      start.states[agent].position = Vector(
        random.uniform(in: -0.2...0.2), 0.4 * Double(agent), 1.5)
      start.states[agent].velocity = Vector(0.5, 1, -1)
    }
    start.obstacles[0].position.y = random.uniform(in: -1...1)
    return NoMemory()
  }

  func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint { Setpoint() }
  func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double { 0 }
  func isTerminated(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    agent == 1 && episode.stepCount == 5
  }
}

/// A batch that is stepped with its images, and what they are.
struct Cinema<Task: DroneTask>: ~Copyable {
  var environment: VisionEnvironment<Task>
  var batch: StepBatch
  var images: FrameBatch

  init(
    _ task: Task, count: Int = 1, mode: AutoresetMode = .sameStep, threads: Int = 1
  ) throws {
    environment = try VisionEnvironment(
      task, count: count, autoresetMode: mode, pool: ThreadPool(threads: threads))
    batch = StepBatch(layout: environment.layout)
    images = environment.makeFrames()
  }

  mutating func reset(seeds: [UInt64]) throws {
    try environment.reset(seeds: seeds, into: &batch, images: &images)
  }

  mutating func step() throws { try environment.step(&batch, images: &images) }

  /// The image of a row.
  func image(_ row: Int, isFinal: Bool = false) -> [UInt8] {
    let bytes = isFinal ? images.finalBytes(ofImage: 0) : images.bytes(ofImage: 0)
    let size = images.spaces[0].count
    return (row * size..<(row + 1) * size).map { bytes[$0] }
  }

  /// The first images of all drones, of numbers.
  func numbers(isFinal: Bool = false) -> [Float] {
    func list(_ numbers: Span<Float>) -> [Float] { numbers.indices.map { numbers[$0] } }
    return isFinal
      ? list(images.finalNumbers(ofImage: 0)) : list(images.numbers(ofImage: 0))
  }
}

extension [UInt8] {
  var isBlack: Bool { allSatisfy { $0 == 0 } }
}
