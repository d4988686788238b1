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
  public let camera: OnboardCamera

  private let booths: [FrameBooth]
  private let pool: WorkerPool
  private let controlFrequency: Int
  private var frames: FrameOrders
  /// Whether an environment has images of an episode before, to be cleared.
  private var hasLast: [Bool]
  private var calls = 0

  /// How many environments a thread draws before it looks for others.
  private static var boothSize: Int { 16 }

  /// Worlds in which a task is played, to be reset before their first step.
  ///
  /// - Parameters:
  ///   - task: The task.
  ///   - camera: What every drone carries: the camera of the task's setup unless said otherwise.
  ///   - count: How many worlds there are.
  ///   - autoresetMode: What happens after the end of an episode.
  ///   - pool: Who steps the worlds and draws: the caller alone unless said otherwise.
  /// - Throws: ``TaskError`` if the task cannot be played, has no camera, or cannot be drawn.
  public init(
    _ task: Task, camera: OnboardCamera? = nil, count: Int = 1,
    autoresetMode: AutoresetMode = .sameStep, pool: WorkerPool = WorkerPool(threads: 1)
  ) throws(TaskError) {
    let setup = task.setup
    guard let camera = camera ?? setup.camera else {
      throw TaskError("its drones have no camera")
    }
    var base = try TaskEnvironment(
      task, count: count, autoresetMode: autoresetMode, pool: pool)
    var booths: [FrameBooth] = []
    for first in stride(from: 0, to: count, by: Self.boothSize) {
      booths.append(
        try FrameBooth(
          camera, of: setup, agentCount: task.agentCount,
          environments: first..<min(count, first + Self.boothSize)))
    }
    frames = FrameOrders(
      base.layout, thingCount: task.agentCount + setup.obstacles.count)
    if autoresetMode == .sameStep { base.endings = frames.endings }
    self.base = base
    (self.camera, self.booths, self.pool) = (camera, booths, pool)
    controlFrequency = setup.controlFrequency
    hasLast = Array(repeating: false, count: count)
  }

  /// The shape of the batches that it is stepped with, beside the images.
  public var layout: BatchLayout { base.layout }

  /// Black images for its steps.
  public func makeFrames() -> FrameBatch {
    FrameBatch(
      spaces: camera.spaces, layout: base.layout, hasFinals: base.autoresetMode == .sameStep)
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
    for environment in base.episodes.indices { base.endings?.forget(environment) }
    for environment in base.episodes.indices {
      seeWhoIsThere(in: environment, after: batch)
      frames.orders[environment] = FrameOrder()
      if mask?[environment] ?? true { order(environment) }
    }
    draw(&images)
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
    for environment in base.episodes.indices { base.endings?.forget(environment) }
    try base.step(&batch)
    for environment in base.episodes.indices {
      seeWhoIsThere(in: environment, after: batch)
      order(environment)
    }
    draw(&images)
  }

  /// Lets go of what it holds; all else is refused from then on.
  public mutating func close() { base.close() }

  /// Whether the last step ended an environment's episode and began the next.
  private func hasEnded(_ environment: Int) -> Bool {
    (base.endings?.steps[environment] ?? -1) >= 0
  }

  private mutating func seeWhoIsThere(in environment: Int, after batch: borrowing StepBatch) {
    let hasEnded = hasEnded(environment)
    for row in layout.rows(of: environment) {
      frames.isShown[row] = base.isLive[row] || batch.participations[row]
      frames.wasShown[row] = hasEnded && batch.participations[row]
    }
  }

  /// Orders what a reset or step asks for.
  private mutating func order(_ environment: Int) {
    let hasEnded = hasEnded(environment)
    if hasEnded, let endings = base.endings {
      // The last frame may have been taken before the end.
      let isDue = isDue(endings.steps[environment])
      frames.endings.copy(environment, of: isDue ? endings : frames.captured)
    }
    frames.orders[environment].last =
      hasEnded ? .drawn : hasLast[environment] ? .cleared : .held
    hasLast[environment] = hasEnded
    let isDue = isDue(base.episodes[environment].stepCount)
    frames.orders[environment].now = isDue ? .drawn : .held
    if isDue { frames.captured.keep(environment, base.episodes[environment]) }
  }

  private func isDue(_ step: Int) -> Bool {
    camera.isDue(atStep: step, controlFrequency: controlFrequency)
  }

  /// Draws what is ordered, and all anew into images that it has not drawn.
  private mutating func draw(_ images: inout FrameBatch) {
    calls += 1
    let artist = ObjectIdentifier(booths[0])
    let isKnown = images.stamp == FrameBatch.Stamp(artist: artist, call: calls - 1)
    images.stamp = FrameBatch.Stamp(artist: artist, call: calls)
    images.mark(frames, agentCount: layout.agentCount)
    if !isKnown { orderAll() }
    let (booths, frames, pointers) = (booths, frames, unsafe images.pointers)
    pool.forEach(booths.count) { booth in
      // unsafe: each booth has environments of its own, and the images outlive the call.
      unsafe booths[booth].work(on: frames, for: pointers)
    }
  }

  /// Orders all images: those of now again, and no others but those of an episode that has just ended.
  private mutating func orderAll() {
    for environment in frames.orders.indices {
      let isThere = frames.captured.steps[environment] >= 0
      frames.orders[environment].now = isThere ? .drawn : .cleared
      if frames.orders[environment].last == .held { frames.orders[environment].last = .cleared }
    }
  }

  private func check(_ images: borrowing FrameBatch) throws(GymError) {
    guard images.rowCount == layout.rowCount else {
      throw .wrongCount(of: "rows of images", expected: layout.rowCount, actual: images.rowCount)
    }
    let spaces = camera.spaces
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
    var captured: Tableaux
  }

  /// Everything that the future depends on; taking it changes nothing.
  public func snapshot() throws(GymError) -> Snapshot {
    Snapshot(base: try base.snapshot(), captured: frames.captured)
  }

  /// Goes back to a snapshot of this environment or of one made alike; the next reset or step draws all
  /// images anew.
  public mutating func restore(_ snapshot: Snapshot) throws(GymError) {
    guard snapshot.captured.fits(frames.captured) else {
      throw .foreignSnapshot("its images show other drones or obstacles")
    }
    try base.restore(snapshot.base)
    frames.captured = snapshot.captured
    calls += 1
  }
}

extension FrameBatch {
  /// Marks the images that are taken in a step.
  fileprivate mutating func mark(_ frames: FrameOrders, agentCount: Int) {
    for row in frames.isShown.indices {
      let isDrawn = frames.orders[row / agentCount].now == .drawn
      // unsafe: there are as many marks as rows.
      unsafe pointers.isNew[row] = isDrawn && frames.isShown[row]
    }
  }
}
