import CAllocations
import Control
import Drone
import Gym
import Randomness
import Rendering
import SpatialMath
import Tasks
import Testing

/// What images show.
struct ImageTests {
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
    let place = cinema.environment.base.episode(of: 0).state(of: 0).position.x
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
    func horizon(_ attachment: OnboardCamera.Attachment, roll: Double) throws -> Int {
      var camera = camera
      (camera.attachment, camera.images) = (attachment, [.segmentation])
      var artist = try FrameRenderer(camera, of: task.setup, agentCount: 1)
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
    var setup = TaskSetup()

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
    "a step with frames takes nothing from the heap",
    .enabled(if: allocations_are_counted(), "this build counts allocations"))
  func allocations() throws {
    var task = PassTask(
      agentCount: 1, frequency: 48, images: [.rgb, .depth(reach: 9), .segmentation])
    task.setup.timeLimit = 8
    // It flies level by itself, and so touches nothing.
    task.setup.model = .peersCrazyflie
    var cinema = try Cinema(task, count: 80)
    try cinema.reset(seeds: (0..<80).map { $0 })
    for _ in 0..<30 { try cinema.step() }
    let before = allocations_of_this_thread()
    for _ in 0..<20 { try cinema.step() }
    #expect(allocations_of_this_thread() == before)
  }
}

extension ImageSpace {
  fileprivate static let tiny = ImageSpace(
    width: 2, height: 2, channelCount: 1, element: .uint8, high: 255)
}
