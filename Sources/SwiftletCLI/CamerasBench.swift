import ArgumentParser
import Foundation
import Swiftlet

/// `swiftlet bench cameras`.
struct CamerasBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cameras", abstract: "Count the frames that cameras make in a second of CPU time.",
    discussion: """
      The scene is a tiled floor, 20 boxes and 5 drones, which turn and move from frame to frame; each \
      drone looks ahead in turn, with a vertical field of view of 60 degrees. A frame is colour, depth \
      and ids. The last column is the share of pixels that show boxes or drones at the end.

      The last line is for environments: the task vision-hover, in a batch of 64.

      EXAMPLES:
        swiftlet bench cameras
        swiftlet bench cameras --seconds 5 --instructions baseline
      """)

  @Option(parsing: .unconditional, help: "How long to measure each size, in seconds of CPU time.")
  var seconds = 1.0

  @Option(
    help: "The instruction set: baseline, avx2 or avx512; the widest if left out.",
    transform: { name in
      let available = InstructionSet.available
      if let set = available.first(where: { "\($0)" == name }) { return set }
      let names = available.map { "\($0)" }.joined(separator: ", ")
      throw ValidationError("this processor has \(names), but not \(name)")
    })
  var instructions: InstructionSet?

  func validate() throws {
    guard seconds > 0, seconds <= 3600 else {
      throw ValidationError("--seconds must be above 0 and at most 3600, not \(seconds)")
    }
  }

  func run() throws {
    let set = instructions ?? InstructionSet.available.last ?? .baseline
    var table = TextTable(["image", "frames", "frames/s", "us/frame", "covered"])
    for (width, height) in [(64, 48), (320, 240)] {
      let camera = try Camera(width: width, height: height, verticalFieldOfView: .pi / 3)
      var course = try CameraCourse(camera, instructions: set)
      course.fly(frames: 100)
      let (frames, time) = course.fly(seconds: seconds)
      let rate = Double(frames) / time
      table.append([
        "\(width)x\(height)", "\(frames)", String(format: "%.0f", rate),
        String(format: "%.1f", 1e6 / rate),
        String(format: "%.0f %%", 100 * course.coveredShare),
      ])
    }
    try standardOutput("one core, \(set)")
    try standardOutput(table.text)
    let rate = try visionRate()
    try standardOutput(
      String(format: "vision-hover, 240/24 Hz: %.0f environment steps/s, a frame each", rate))
  }

  /// How many whole steps of the vision hover, frames and resets included, fit into a second of CPU time;
  /// with the widest instruction set. [1/s]
  private func visionRate() throws -> Double {
    let count = 64
    var environment = try VisionEnvironment(HoverTask.vision(), count: count)
    var player = TaskPlayer(.random, of: environment.base, seed: 0)
    var batch = StepBatch(layout: environment.layout)
    var images = environment.makeFrames()
    try environment.reset(seed: 0, into: &batch, images: &images)
    player.act(in: environment.base, batch: &batch)
    for _ in 0..<10 { try environment.step(&batch, images: &images) }
    let start = cpuTime()
    var steps = 0
    while cpuTime() - start < seconds {
      try environment.step(&batch, images: &images)
      steps += count
    }
    return Double(steps) / (cpuTime() - start)
  }
}

/// Five drones among boxes, each with a camera.
private struct CameraCourse: ~Copyable {
  private static let droneCount = 5
  private static let boxCount = 20

  private let camera: Camera
  private var renderer: Renderer
  private var scenes: [Scene]
  private var viewpoints: [Viewpoint]
  private var images: Images
  private var random = SplitMix64(seed: 8)
  private var time = 0.0

  init(_ camera: Camera, instructions: InstructionSet) throws {
    self.camera = camera
    renderer = Renderer(instructions: instructions)
    images = Images(of: camera, count: Self.droneCount)
    scenes = [Scene()]
    viewpoints = []
    try build()
  }

  private mutating func number(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * Double(random.next() >> 11) * 0x1p-53
  }

  private mutating func build() throws {
    try scenes[0].add([.floor()], id: 0)
    for i in 1...Self.boxCount {
      let id = Int32(i)
      let size = Vector<Body, Double>(number(0.2, 0.8), number(0.2, 0.8), number(0.4, 2))
      let box = ScenePart(.box(size: size), colour: Colour(distinguishing: id))
      let pose = Pose<Double>(
        position: Vector(number(-4, 4), number(-4, 4), 0.5 * size.z),
        attitude: Rotation(RollPitchYaw(roll: 0, pitch: 0, yaw: number(0, 2 * .pi))))
      try scenes[0].add([box], id: id, at: pose)
    }
    let model = QuadcopterModel.peersCrazyflie
    let propellers = model.rotors.array.map {
      ScenePart.Propeller(hub: $0.position, radius: $0.radius)
    }
    for i in 0..<Self.droneCount {
      let id = Int32(100 + i)
      let parts = try ScenePart.quadcopter(
        propellers: propellers, colour: Colour(distinguishing: id))
      try scenes[0].add(parts, id: id)
      viewpoints.append(Viewpoint(carrier: Pose(), hiding: id))
    }
  }

  /// Moves the drones on by a thirtieth of a second, and draws what each sees.
  private mutating func step() {
    time += 1 / 30
    for i in 0..<Self.droneCount {
      let phase = 2 * .pi * Double(i) / Double(Self.droneCount) + 0.3 * time
      let pose = Pose<Double>(
        position: Vector(1.5 * cos(phase), 1.5 * sin(phase), 1 + 0.3 * sin(2 * phase)),
        attitude: Rotation(
          RollPitchYaw(roll: 0, pitch: 0.1 * sin(3 * phase), yaw: phase + 2 + 0.2 * time)))
      scenes[0].place(1 + Self.boxCount + i, at: pose)
      viewpoints[i].carrier = pose
    }
    renderer.render(camera, from: viewpoints, of: scenes, into: &images)
  }

  /// The share of the last frames' pixels that show a box or a drone. [–]
  var coveredShare: Double {
    Double(images.ids.count { $0 > 0 }) / Double(images.ids.count)
  }

  /// Draws at least so many frames.
  mutating func fly(frames: Int) {
    for _ in 0..<(frames + Self.droneCount - 1) / Self.droneCount { step() }
  }

  /// Draws frames for so long.
  mutating func fly(seconds: Double) -> (frames: Int, seconds: Double) {
    let start = cpuTime()
    var frames = 0
    while cpuTime() - start < seconds {
      for _ in 0..<10 { step() }
      frames += 10 * Self.droneCount
    }
    return (frames, cpuTime() - start)
  }
}

/// The time that this process has computed for. [s]
private func cpuTime() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
