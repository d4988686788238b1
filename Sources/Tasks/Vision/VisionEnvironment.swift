public import Gym
import Simulation
public import Workers

/// Many worlds in which drones play the same task, each with a camera.
///
/// Everything but the images is that of its ``base``, bit for bit. Images stand in a ``FrameBatch`` beside
/// the flat rows: those of agents that have left are black, and so are those of the episode before where
/// none has ended in the step. What an image shows depends on its own world and on nothing else.
public struct VisionEnvironment<Task: DroneTask>: ~Copyable {
  /// The worlds, without cameras.
  public private(set) var base: TaskEnvironment<Task>
  /// What every drone carries.
  package let camera: OnboardCamera

  /// What the images of a frame are.
  public let spaces: [ImageSpace]
  private let renderers: [BlockRenderer<Task>]
  private let pool: ThreadPool
  private let work: @Sendable (Int) -> Void
  private var calls = 0

  /// Worlds in which a task is played, to be reset before their first step.
  ///
  /// - Parameters:
  ///   - task: The task.
  ///   - camera: What every drone carries: the camera of the task's setup unless said otherwise.
  ///   - count: How many worlds there are.
  ///   - autoresetMode: What happens after the end of an episode.
  ///   - pool: The threads that step the worlds and draw: the caller's alone unless said otherwise.
  /// - Throws: ``TaskError`` if the task cannot be played, has no camera, or cannot be drawn.
  public init(
    _ task: Task, camera: OnboardCamera? = nil, count: Int = 1,
    autoresetMode: AutoresetMode = .sameStep, pool: ThreadPool = ThreadPool(threads: 1)
  ) throws(TaskError) {
    guard let camera = camera ?? task.setup.camera else {
      throw TaskError("its drones have no camera")
    }
    let base = try TaskEnvironment(
      task, count: count, autoresetMode: autoresetMode, pool: pool)
    var renderers: [BlockRenderer<Task>] = []
    for block in base.blocks {
      renderers.append(try BlockRenderer(camera, of: block, rules: base.rules))
    }
    (self.camera, self.renderers, self.pool) = (camera, renderers, pool)
    self.base = base
    spaces = camera.spaces
    // Made once, since a closure costs an allocation.
    let drawn = renderers
    work = { drawn[$0].draw() }
  }

  /// The shape of the batches that it is stepped with, beside the images.
  public var layout: BatchLayout { base.layout }

  /// Black images for its steps.
  public func makeFrames() -> FrameBatch {
    FrameBatch(
      spaces: spaces, layout: base.layout, hasFinals: base.autoresetMode == .sameStep)
  }

  /// Begins an episode in all environments, or in some, and takes the first frame of each.
  ///
  /// - Parameters:
  ///   - seeds: As in ``VectorEnvironment``.
  ///   - mask: As in ``VectorEnvironment``.
  ///   - batch: The buffers.
  ///   - images: The images; those of environments that do not begin stay as they are.
  /// - Throws: What it refuses.
  public mutating func reset(
    seeds: [UInt64]? = nil, where mask: [Bool]? = nil, into batch: inout StepBatch,
    images: inout FrameBatch
  ) throws(GymError) {
    try check(images)
    try base.reset(seeds: seeds, where: mask, into: &batch)
    draw(FrameRequest(isStep: false, mask: mask), &images)
  }

  /// Begins an episode in every environment, each with a stream of its own of one seed.
  public mutating func reset(
    seed: UInt64, into batch: inout StepBatch, images: inout FrameBatch
  ) throws(GymError) {
    let seeds = environmentSeeds(from: seed, count: layout.environmentCount)
    try reset(seeds: seeds, into: &batch, images: &images)
  }

  /// Advances every environment by one step, by the actions in the batch, and takes the frames that are
  /// due.
  ///
  /// Where none is due, the images of the step before stay: in another batch than that of the step before
  /// they are drawn again.
  public mutating func step(
    _ batch: inout StepBatch, images: inout FrameBatch
  ) throws(GymError) {
    try check(images)
    try base.step(&batch)
    draw(FrameRequest(), &images)
  }

  /// Begins a step: as in ``TaskEnvironment/beginStep(_:states:)``.
  @unsafe
  package mutating func beginStep(
    _ batch: inout StepBatch, images: borrowing FrameBatch, states: TaskStatePointers?
  ) throws(GymError) {
    try check(images)
    unsafe try base.beginStep(&batch, states: states)
  }

  /// Ends a step, and takes the frames that are due.
  @unsafe
  package mutating func endStep(
    _ batch: inout StepBatch, images: inout FrameBatch, states: TaskStatePointers?
  ) {
    unsafe base.endStep(&batch, states: states)
    draw(FrameRequest(), &images)
  }

  /// Lets go of what it holds; all else is refused from then on.
  public mutating func close() { base.close() }

  /// Draws what is due, and all anew into images that it has not drawn.
  private mutating func draw(_ request: FrameRequest, _ images: inout FrameBatch) {
    let artist = ObjectIdentifier(renderers[0])
    var request = request
    request.isKnown = images.stamp == FrameBatch.Stamp(artist: artist, call: calls)
    calls += 1
    images.stamp = FrameBatch.Stamp(artist: artist, call: calls)
    // The images are the caller's, and cannot change before the last block is drawn.
    let pointers = unsafe images.pointers
    for renderer in renderers { unsafe renderer.set(request, pointers) }
    pool.forEach(renderers.count, work)
    for renderer in renderers { unsafe renderer.set(request, nil) }
  }

  private func check(_ images: borrowing FrameBatch) throws(GymError) {
    guard images.rowCount == layout.rowCount else {
      throw .wrongCount(of: "rows of images", expected: layout.rowCount, actual: images.rowCount)
    }
    guard images.spaces == spaces else {
      throw .wrongImages(expected: spaces, actual: images.spaces)
    }
    guard images.hasFinals || base.autoresetMode != .sameStep else {
      throw .wrongCount(of: "buffers of final images", expected: spaces.count, actual: 0)
    }
  }
}

extension VisionEnvironment {
  /// All that the future of a batch, and its images, depend on.
  public struct Snapshot: Sendable, Codable {
    var base: TaskEnvironment<Task>.Snapshot
    var captured: [PoseSnapshots]
  }

  /// Everything that the future depends on; taking it changes nothing.
  public func snapshot() throws(GymError) -> Snapshot {
    Snapshot(base: try base.snapshot(), captured: renderers.map(\.captured))
  }

  /// Goes back to a snapshot of this environment or of one made alike; the next reset or step draws all
  /// images anew.
  public mutating func restore(_ snapshot: Snapshot) throws(GymError) {
    let isFitting =
      snapshot.captured.count == renderers.count
      && zip(snapshot.captured, renderers).allSatisfy { $0.fits($1.captured) }
    guard isFitting else {
      throw .foreignSnapshot("its images show other drones or obstacles")
    }
    try base.restore(snapshot.base)
    for (renderer, captured) in zip(renderers, snapshot.captured) { renderer.captured = captured }
    calls += 1
  }
}
