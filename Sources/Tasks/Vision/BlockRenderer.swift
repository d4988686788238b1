import Drone
import Gym
import Simulation
import Synchronization

/// What is to be drawn after a step or a reset.
struct FrameRequest: Sendable {
  /// Whether it follows a step, and not a reset.
  var isStep = true
  /// Which environments a reset has begun; without it, all.
  var mask: [Bool]?
  /// Whether the images are those of the request before.
  var isKnown = false

  /// Whether an environment has been stepped, or begins.
  func begins(_ environment: Int) -> Bool { mask?[environment] ?? true }
}

/// Draws the images of the worlds of a block.
final class BlockRenderer<Task: DroneTask>: Sendable {
  private let block: WorldBlock<TaskWorlds<Task>>
  private let drawing: Mutex<BlockDrawing>

  init(
    _ camera: OnboardCamera, of block: WorldBlock<TaskWorlds<Task>>, rules: TaskRules
  ) throws(TaskError) {
    self.block = block
    let drawing = try BlockDrawing(camera, of: block.worlds, rules: rules)
    if rules.autoresetMode == .sameStep {
      let snapshots = drawing.captured
      block.content.withLock { $0.engine.endings = snapshots }
    }
    self.drawing = Mutex(drawing)
  }

  /// Where things are in the images of now.
  var captured: PoseSnapshots {
    get { drawing.withLock { $0.captured } }
    set { drawing.withLock { $0.captured = newValue } }
  }

  /// Says what is to be drawn and where, or that all of it is.
  @unsafe
  func set(_ request: FrameRequest, _ pointers: FramePointers?) {
    drawing.withLock { unsafe $0.set(request, pointers) }
  }

  /// Draws what is due in its worlds.
  func draw() {
    block.content.withLock { worlds in
      drawing.withLock { $0.draw(&worlds.engine) }
    }
  }
}

/// The images of the worlds of a block: what was drawn, and what is to be.
private struct BlockDrawing: ~Copyable, Sendable {
  /// Where things are in the images of now.
  var captured: PoseSnapshots
  /// Which worlds have images of an episode before, to be cleared.
  private var hasLast: [Bool]
  private var renderer: FrameRenderer
  private let camera: OnboardCamera
  /// Which environments of the batch the worlds are.
  private let environments: Range<Int>
  private let rules: TaskRules
  private var request = FrameRequest()
  // Of images that outlive the request.
  private var images: RequestedImages?

  init(
    _ camera: OnboardCamera, of environments: Range<Int>, rules: TaskRules
  ) throws(TaskError) {
    (self.camera, self.environments, self.rules) = (camera, environments, rules)
    renderer = try FrameRenderer(camera, of: rules.setup, agentCount: rules.agentCount)
    captured = PoseSnapshots(
      environmentCount: environments.count, agentCount: rules.agentCount,
      obstacleCount: rules.setup.obstacles.count)
    hasLast = Array(repeating: false, count: environments.count)
  }

  @unsafe
  mutating func set(_ request: FrameRequest, _ pointers: FramePointers?) {
    self.request = request
    images = unsafe pointers.map { unsafe RequestedImages(pointers: $0) }
  }

  /// Draws what is due.
  mutating func draw(_ engine: inout TaskEngine) {
    guard let pointers = unsafe images?.pointers else { return }
    for world in engine.phases.indices {
      if unsafe !pointers.finalImages.isEmpty {
        unsafe drawLast(world, &engine, pointers)
        engine.endings?.forget(world)
      }
      unsafe draw(world, engine, pointers)
    }
  }

  /// Draws what was seen last where the step ended an episode and began the next.
  @unsafe
  private mutating func drawLast(
    _ world: Int, _ engine: inout TaskEngine, _ pointers: FramePointers
  ) {
    let (first, end) = (environments.lowerBound, engine.endings?.steps[world] ?? -1)
    if request.isStep, end >= 0 {
      // The last frame may have been taken before the end.
      if !isDue(end) { engine.endings?.move(world, to: captured) }
      guard let endings = engine.endings else { return }
      renderer.set(world, of: endings)
      for (agent, row) in engine.rows(of: world).enumerated() {
        unsafe renderer.show(
          endings.isShown[row] ? agent : nil, row: first * rules.agentCount + row, isFinal: true,
          into: pointers)
      }
      hasLast[world] = true
    } else if hasLast[world] && request.begins(first + world) || !request.isKnown {
      for row in engine.rows(of: world) {
        unsafe renderer.show(
          nil, row: first * rules.agentCount + row, isFinal: true, into: pointers)
      }
      hasLast[world] = false
    }
  }

  /// Draws what is seen now, if a frame is due or the images are not those of before.
  @unsafe
  private mutating func draw(
    _ world: Int, _ engine: borrowing TaskEngine, _ pointers: FramePointers
  ) {
    let first = environments.lowerBound
    let isStarted = engine.phases[world] != .unstarted
    let isNew =
      isStarted && request.begins(first + world) && isDue(engine.records.stepCounts[world])
    if isNew { engine.keepPoses(of: world, in: &captured) }
    let isDrawn = isNew || !request.isKnown
    if isDrawn { renderer.set(world, of: captured) }
    for (agent, row) in engine.rows(of: world).enumerated() {
      let place = first * rules.agentCount + row
      let isShown = isStarted && engine.records.statuses[row] != .absent
      unsafe pointers.isNew[place] = isNew && isShown
      if isDrawn || !isShown {
        unsafe renderer.show(isShown ? agent : nil, row: place, isFinal: false, into: pointers)
      }
    }
  }

  private func isDue(_ step: Int) -> Bool {
    camera.isDue(atStep: step, controlFrequency: rules.setup.controlFrequency)
  }
}

/// The images of a request.
@safe
private struct RequestedImages: Sendable {
  let pointers: FramePointers
}

extension TaskSetup {
  /// A world of it, as far as it can be seen.
  func world(agentCount: Int) -> WorldDescription {
    WorldDescription(
      models: Array(repeating: model, count: agentCount),
      states: Array(repeating: DroneState(), count: agentCount), floor: floor, obstacles: obstacles)
  }
}
