import CAllocations
import Control
import Drone
import Geometry
import Gym
import Randomness
import Rendering
import Simulation
import SpatialMath
import Tasks
import Testing
import Workers

/// Episodes that end after a few steps, of drones that fly past a wall.
private struct PassTask: DroneTask {
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
private struct Cinema<Task: DroneTask>: ~Copyable {
  var environment: VisionEnvironment<Task>
  var batch: StepBatch
  var images: FrameBatch

  init(
    _ task: Task, count: Int = 1, mode: AutoresetMode = .sameStep, threads: Int = 1
  ) throws {
    environment = try VisionEnvironment(
      task, count: count, autoresetMode: mode, pool: WorkerPool(threads: threads))
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
}

struct VisionTests {
  @Test(
    "a batch of any size, on any threads, shows what single environments show", arguments: [1, 2])
  func batchEqualsSingles(threads: Int) throws {
    let seeds: [UInt64] = (0..<19).map { 100 + $0 }
    var all = try Cinema(PassTask(), count: seeds.count, threads: threads)
    try all.reset(seeds: seeds)
    var expected: [[[UInt8]]] = []
    for seed in seeds {
      var single = try Cinema(PassTask())
      try single.reset(seeds: [seed])
      var shown: [[UInt8]] = []
      for _ in 0..<15 {
        try single.step()
        for row in 0..<2 { shown += [single.image(row), single.image(row, isFinal: true)] }
      }
      expected.append(shown)
    }
    for step in 0..<15 {
      try all.step()
      for world in seeds.indices {
        for agent in 0..<2 {
          let (row, place) = (2 * world + agent, 4 * step + 2 * agent)
          #expect(all.image(row) == expected[world][place], "world \(world), step \(step)")
          #expect(all.image(row, isFinal: true) == expected[world][place + 1])
        }
      }
    }
  }

  @Test("frames come at the camera's own rate, and stand in between", arguments: [12, 24, 48, 100])
  func ownRate(frequency: Int) throws {
    var cinema = try Cinema(PassTask(agentCount: 1, frequency: frequency), mode: .disabled)
    try cinema.reset(seeds: [1])
    #expect(cinema.images.isNew[0])
    var before = cinema.image(0)
    for step in 1...11 {
      try cinema.step()
      let isDue = step % max(1, 48 / frequency) == 0
      #expect(cinema.images.isNew[0] == isDue, "step \(step)")
      #expect((cinema.image(0) != before) == isDue, "step \(step)")
      before = cinema.image(0)
    }
  }

  @Test("24 frames go with 30 actions: four in five")
  func unevenRates() throws {
    var task = PassTask(agentCount: 1)
    task.setup.controlFrequency = 30
    task.setup.timeLimit = 8
    var cinema = try Cinema(task)
    try cinema.reset(seeds: [1])
    var count = 0
    for _ in 0..<30 {
      try cinema.step()
      if cinema.images.isNew[0] { count += 1 }
    }
    #expect(count == 24)
  }

  @Test("the last frame of an episode stands among the final ones when the next begins at once")
  func finalFrames() throws {
    var ending = try Cinema(PassTask(), mode: .disabled)
    var next = try Cinema(PassTask())
    try ending.reset(seeds: [7])
    try next.reset(seeds: [7])
    for step in 1...12 {
      try ending.step()
      try next.step()
      guard step < 12 else { break }
      #expect(next.image(0) == ending.image(0) && next.image(0, isFinal: true).isBlack)
    }
    #expect(next.image(0, isFinal: true) == ending.image(0))
    #expect(next.image(0) != ending.image(0), "the next episode has not begun")
    #expect(next.image(1, isFinal: true).isBlack, "it had left before the end")
    try next.step()
    #expect(next.image(0, isFinal: true).isBlack)
  }

  @Test("an end between two frames has the frame that stood then")
  func endBetweenFrames() throws {
    // 12 frames a second and 11 actions: the last frame was taken with the eighth.
    var task = PassTask(agentCount: 1, frequency: 12)
    task.setup.timeLimit = 11.0 / 48
    var cinema = try Cinema(task)
    try cinema.reset(seeds: [3])
    var eighth: [UInt8] = []
    for step in 1...11 {
      try cinema.step()
      if step == 8 { eighth = cinema.image(0) }
    }
    #expect(cinema.image(0, isFinal: true) == eighth && cinema.images.isNew[0])
  }

  @Test("who leaves has a last frame, and none after it", arguments: AutoresetMode.allCases)
  func leaving(mode: AutoresetMode) throws {
    var cinema = try Cinema(PassTask(frequency: 48), mode: mode)
    try cinema.reset(seeds: [2])
    for step in 1...11 {
      try cinema.step()
      #expect(cinema.image(1).isBlack == (step > 5), "step \(step)")
      #expect(!cinema.image(0).isBlack)
    }
  }

  @Test("other images than those of the step before are drawn whole")
  func otherImages() throws {
    var cinema = try Cinema(PassTask(frequency: 12), count: 3)
    try cinema.reset(seeds: [1, 2, 3])
    for _ in 0..<6 { try cinema.step() }
    let before = (0..<6).map { cinema.image($0) }
    cinema.images = cinema.environment.makeFrames()
    try cinema.step()
    #expect(!cinema.images.isNew[0])
    for row in 0..<6 { #expect(cinema.image(row) == before[row], "row \(row)") }
  }

  @Test("goes on from a snapshot as it did, frames that stand included")
  func snapshots() throws {
    var cinema = try Cinema(PassTask(frequency: 12), count: 2)
    try cinema.reset(seeds: [5, 6])
    for _ in 0..<3 { try cinema.step() }
    let snapshot = try cinema.environment.snapshot()
    var expected: [[UInt8]] = []
    for _ in 0..<14 {
      try cinema.step()
      for row in 0..<4 { expected += [cinema.image(row), cinema.image(row, isFinal: true)] }
    }
    try cinema.environment.restore(snapshot)
    for step in 0..<14 {
      try cinema.step()
      for row in 0..<4 {
        let place = 8 * step + 2 * row
        #expect(cinema.image(row) == expected[place], "row \(row), step \(step)")
        #expect(cinema.image(row, isFinal: true) == expected[place + 1])
      }
    }
  }

  @Test("a masked reset leaves the images of others as they are")
  func maskedReset() throws {
    var cinema = try Cinema(PassTask(agentCount: 1), count: 2)
    try cinema.reset(seeds: [1, 2])
    for _ in 0..<6 { try cinema.step() }
    let (first, second) = (cinema.image(0), cinema.image(1))
    try cinema.environment.reset(
      where: [false, true], into: &cinema.batch, images: &cinema.images)
    #expect(cinema.image(0) == first && cinema.image(1) != second)
  }

  @Test("but for the images, everything is as without a camera")
  func sameWithoutCamera() throws {
    var cinema = try Cinema(HoverTask.vision(), count: 3)
    try cinema.reset(seeds: [1, 2, 3])
    var blind = try TaskEnvironment(HoverTask.vision(), count: 3)
    var batch = StepBatch(layout: blind.layout)
    try blind.reset(seeds: [1, 2, 3], where: nil, into: &batch)
    for _ in 0..<60 {
      try cinema.step()
      try blind.step(&batch)
      for row in 0..<3 { #expect(cinema.batch.rewards[row] == batch.rewards[row]) }
      let (a, b) = (cinema.batch.observations, batch.observations)
      let isEqual = a.indices.allSatisfy { a[$0] == b[$0] }
      #expect(isEqual)
    }
  }

  @Test("drones see each other, and obstacles where the episode has them")
  func sight() throws {
    let parts = [ImagePart(.segmentation), .depth(reach: 5)]
    var task = PassTask(images: parts)
    task.setup.camera?.camera = OnboardCamera.front.camera
    var cinema = try Cinema(task, mode: .disabled)
    try cinema.reset(seeds: [4])
    let ids = Set(cinema.image(0))
    #expect(ids.isSuperset(of: [0, 1, 2]), "sky, floor and wall")
    #expect(!ids.contains(3), "it sees itself")
    let depths = cinema.images.numbers(ofImage: 1)
    let nearest =
      (0..<64 * 48).filter { cinema.images.bytes(ofImage: 0)[$0] == 2 }
      .map { depths[$0] }.min() ?? 0
    // The front of the wall at 1.95 m, from a lens 0.03 m ahead of the centre.
    let place = cinema.environment.base.episode(of: 0).states[0].position.x
    #expect(abs(Double(nearest) - (1.95 - place - 0.03)) < 1e-5)
  }

  @Test(
    "every image is within its space",
    arguments: [
      ImagePart.rgb, .rgba, .grey, .segmentation, .depth(reach: 3), ImagePart(.depth(reach: 3)),
      ImagePart(.colour, as: .float32), ImagePart(.colourAndAlpha, as: .float32),
      ImagePart(.grey, as: .float32), ImagePart(.segmentation, as: .float32),
    ])
  func spaces(part: ImagePart) throws {
    var cinema = try Cinema(PassTask(agentCount: 1, images: [part]))
    try cinema.reset(seeds: [1])
    let space = cinema.images.spaces[0]
    var isMember: Bool
    switch space.element {
    case .uint8: isMember = space.contains(cinema.images.bytes(ofImage: 0))
    case .float32: isMember = space.contains(cinema.images.numbers(ofImage: 0))
    }
    #expect(isMember && space.count == 64 * 48 * space.channelCount)
    #expect(space.element == part.element)
  }

  @Test("bytes and numbers tell the same")
  func bytesAndNumbers() throws {
    let contents: [ImagePart.Content] = [.colour, .grey, .depth(reach: 3), .segmentation]
    let parts = contents.flatMap { [ImagePart($0), ImagePart($0, as: .float32)] }
    var cinema = try Cinema(PassTask(agentCount: 1, images: parts))
    try cinema.reset(seeds: [1])
    for (index, content) in contents.enumerated() {
      let bytes = cinema.images.bytes(ofImage: 2 * index)
      let numbers = cinema.images.numbers(ofImage: 2 * index + 1)
      let scale: Float =
        switch content {
        case .colour, .grey, .colourAndAlpha: 255
        case .depth(let reach): 255 / Float(reach)
        case .segmentation: 1
        }
      let worst = bytes.indices.map { abs(Float(bytes[$0]) - scale * numbers[$0]) }.max() ?? 1
      #expect(worst <= 0.501, "\(content)")
    }
  }

  @Test("the camera of gym-pybullet-drones does not roll with the drone")
  func levelled() throws {
    var task = PassTask(agentCount: 1, images: [.segmentation])
    task.setup.obstacles = []
    let camera = OnboardCamera.gpd(of: task.setup.model)
    #expect(camera.spaces.map(\.count) == [48 * 64 * 4] && camera.frequency == 24)
    func horizon(_ hold: OnboardCamera.Hold, roll: Double) throws -> Int {
      var camera = camera
      (camera.hold, camera.images) = (hold, [.segmentation])
      var artist = try FrameArtist(camera, of: task.setup, agentCount: 1)
      let environment = try TaskEnvironment(Tilted(roll: roll))
      artist.set(environment.episode(of: 0))
      artist.draw(0)
      // How many rows there are above the floor at the left and right edge.
      let ids = artist.drawn.ids
      func top(_ column: Int) -> Int { (0..<48).count { ids[64 * $0 + column] != 0 } }
      return top(0) - top(63)
    }
    #expect(try horizon(.levelled(rise: 0.04), roll: 0.3) == 0)
    #expect(try horizon(.fixed, roll: 0) == 0)
    // Its left side is up, so that its view has the floor higher on the right.
    #expect(try horizon(.fixed, roll: 0.3) > 5)
  }

  private struct Tilted: DroneTask {
    let roll: Double

    func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
      start.states[0].position = Vector(0, 0, 1)
      start.states[0].attitude = Rotation(RollPitchYaw(roll: roll, pitch: 0, yaw: 0))
      return NoMemory()
    }

    func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint { Setpoint() }
    func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double { 0 }
  }

  @Test("what cannot be drawn, and images of another camera, are refused before anything changes")
  func refusals() throws {
    #expect(throws: TaskError.self) { _ = try VisionEnvironment(HoverTask()) }
    for parts in [[], [ImagePart.depth(reach: .nan)], [.depth(reach: -1)]] {
      #expect(throws: TaskError.self) { _ = try VisionEnvironment(PassTask(images: parts)) }
    }
    #expect(throws: TaskError.self) { _ = try VisionEnvironment(PassTask(frequency: 0)) }
    var cinema = try Cinema(PassTask())
    try cinema.reset(seeds: [1])
    let (before, steps) = (cinema.image(0), cinema.environment.base.episode(of: 0).stepCount)
    var other = FrameBatch(
      spaces: [.tiny], layout: cinema.environment.layout,
      hasFinals: true)
    do {
      try cinema.environment.step(&cinema.batch, images: &other)
      Issue.record("images of another camera are drawn into")
    } catch GymError.wrongImages {}
    #expect(cinema.image(0) == before)
    #expect(cinema.environment.base.episode(of: 0).stepCount == steps)
  }

  @Test(
    "drawing takes nothing from the heap beyond what a call takes",
    .enabled(if: allocations_are_counted(), "this build counts allocations"))
  func allocations() throws {
    var task = PassTask(
      agentCount: 1, frequency: 48, images: [.rgb, .depth(reach: 9), .segmentation])
    task.setup.timeLimit = 8
    let calls = 20
    func taken(count: Int) throws -> UInt64 {
      var cinema = try Cinema(task, count: count)
      try cinema.reset(seeds: Array(repeating: 1, count: count))
      for _ in 0..<30 { try cinema.step() }
      let before = allocations_of_this_thread()
      for _ in 0..<calls { try cinema.step() }
      return allocations_of_this_thread() - before
    }
    func takenBlind(count: Int) throws -> UInt64 {
      var environment = try TaskEnvironment(task, count: count)
      var batch = StepBatch(layout: environment.layout)
      try environment.reset(
        seeds: Array(repeating: 1, count: count), where: nil, into: &batch)
      for _ in 0..<30 { try environment.step(&batch) }
      let before = allocations_of_this_thread()
      for _ in 0..<calls { try environment.step(&batch) }
      return allocations_of_this_thread() - before
    }
    let (few, many) = (
      try taken(count: 1) - takenBlind(count: 1), try taken(count: 64) - takenBlind(count: 64)
    )
    #expect(many == few, "\(many) for 64 frames a step, \(few) for one")
  }
}

extension [UInt8] {
  fileprivate var isBlack: Bool { allSatisfy { $0 == 0 } }
}

extension ImageSpace {
  fileprivate static let tiny = ImageSpace(
    width: 2, height: 2, channelCount: 1, element: .uint8, high: 255)
}
