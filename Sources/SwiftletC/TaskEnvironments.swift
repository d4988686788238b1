import Foundation
import Gym
import Recording
import Rendering
import Scenario
import Tasks
import Workers

/// Environments without cameras.
final class TaskEnvironments<Task: DroneTask>: Environments {
  private var environment: TaskEnvironment<Task>
  private var view: SizedView?

  init(
    _ task: Task, _ description: TaskDescription, count: Int, autoresetMode: AutoresetMode,
    pool: ThreadPool
  ) throws {
    let environment = try TaskEnvironment(
      task, count: count, autoresetMode: autoresetMode, pool: pool)
    let (layout, spaces) = (
      environment.layout, (environment.observationSpace, environment.actionSpace)
    )
    self.environment = environment
    super.init(
      description, of: task.setup, layout: layout, spaces: spaces, images: [],
      autoresetMode: autoresetMode)
  }

  override func reset(
    seeds: [UInt64]?, where mask: [Bool]?, into batch: inout StepBatch, images: FramePointers?
  ) throws { try environment.reset(seeds: seeds, where: mask, into: &batch) }

  override func step(_ batch: inout StepBatch, images: FramePointers?) throws {
    try environment.step(&batch)
  }

  override func beginStep(
    _ batch: inout StepBatch, images: FramePointers?, states: TaskStatePointers?
  ) throws { unsafe try environment.beginStep(&batch, states: states) }

  override func endStep(
    _ batch: inout StepBatch, images: FramePointers?, states: TaskStatePointers?
  ) { unsafe environment.endStep(&batch, states: states) }

  override func read(into states: TaskStatePointers) throws {
    unsafe try environment.read(into: states)
  }

  override func render(
    _ index: Int, width: Int, height: Int, _ body: ([UInt8]) -> Void
  ) throws {
    let view = try SizedView.kept(in: &view, of: environment.task, width: width, height: height)
    body(view.draw(environment.episode(of: index)))
  }

  override func snapshot() throws -> any Kept { try environment.snapshot() }

  override func restore(_ snapshot: any Kept) throws {
    guard let snapshot = snapshot as? TaskEnvironment<Task>.Snapshot else {
      throw Failure.argument("the snapshot is of another task")
    }
    try environment.restore(snapshot)
  }

  override func decode(_ snapshot: Data) throws -> any Kept {
    try JSONDecoder().decode(TaskEnvironment<Task>.Snapshot.self, from: snapshot)
  }

  override func instant(of index: Int) -> FlightInstant { environment.instant(of: index) }

  override func metadata(of index: Int) -> EpisodeMetadata {
    environment.metadata(
      of: .init(of: description.task, by: "caller", seed: 0, number: 0), in: index)
  }
}

/// Environments whose drones have cameras.
final class SeeingEnvironments<Task: DroneTask>: Environments {
  private var environment: VisionEnvironment<Task>
  private var frames = KeptFrames()
  private var view: SizedView?

  init(
    _ task: Task, _ description: TaskDescription, count: Int, autoresetMode: AutoresetMode,
    pool: ThreadPool
  ) throws {
    let environment = try VisionEnvironment(
      task, count: count, autoresetMode: autoresetMode, pool: pool)
    let (layout, images) = (environment.layout, environment.spaces)
    let spaces = (environment.base.observationSpace, environment.base.actionSpace)
    self.environment = environment
    super.init(
      description, of: task.setup, layout: layout, spaces: spaces, images: images,
      autoresetMode: autoresetMode)
  }

  override func reset(
    seeds: [UInt64]?, where mask: [Bool]?, into batch: inout StepBatch, images: FramePointers?
  ) throws {
    unsafe frames.use(images)
    try environment.reset(seeds: seeds, where: mask, into: &batch, images: &frames.batch)
  }

  override func step(_ batch: inout StepBatch, images: FramePointers?) throws {
    unsafe frames.use(images)
    try environment.step(&batch, images: &frames.batch)
  }

  override func beginStep(
    _ batch: inout StepBatch, images: FramePointers?, states: TaskStatePointers?
  ) throws {
    unsafe frames.use(images)
    unsafe try environment.beginStep(&batch, images: frames.batch, states: states)
  }

  override func endStep(
    _ batch: inout StepBatch, images: FramePointers?, states: TaskStatePointers?
  ) { unsafe environment.endStep(&batch, images: &frames.batch, states: states) }

  override func read(into states: TaskStatePointers) throws {
    unsafe try environment.base.read(into: states)
  }

  override func render(
    _ index: Int, width: Int, height: Int, _ body: ([UInt8]) -> Void
  ) throws {
    let task = environment.base.task
    let view = try SizedView.kept(in: &view, of: task, width: width, height: height)
    body(view.draw(environment.base.episode(of: index)))
  }

  override func snapshot() throws -> any Kept { try environment.snapshot() }

  override func restore(_ snapshot: any Kept) throws {
    guard let snapshot = snapshot as? VisionEnvironment<Task>.Snapshot else {
      throw Failure.argument("the snapshot is of another task")
    }
    try environment.restore(snapshot)
  }

  override func decode(_ snapshot: Data) throws -> any Kept {
    try JSONDecoder().decode(VisionEnvironment<Task>.Snapshot.self, from: snapshot)
  }

  override func instant(of index: Int) -> FlightInstant { environment.base.instant(of: index) }

  override func metadata(of index: Int) -> EpisodeMetadata {
    environment.base.metadata(
      of: .init(of: description.task, by: "caller", seed: 0, number: 0), in: index)
  }
}

/// The images of the caller's, and which they are, so that those of the step before are known again.
@safe
private struct KeptFrames: ~Copyable {
  var batch = FrameBatch(
    spaces: [],
    layout: BatchLayout(environmentCount: 0, agentCount: 0, observationCount: 0, actionCount: 0),
    hasFinals: false)
  private var images: [UnsafeMutableRawPointer] = unsafe []
  private var finals: [UnsafeMutableRawPointer] = unsafe []
  private var isNew: UnsafeMutablePointer<Bool>?

  @unsafe
  mutating func use(_ pointers: FramePointers?) {
    guard let pointers = unsafe pointers else { return }
    let isSame =
      unsafe images == pointers.images && finals == pointers.finalImages
      && isNew == pointers.isNew
    guard !isSame else { return }
    unsafe (images, finals, isNew) = unsafe (
      pointers.images, pointers.finalImages, pointers.isNew
    )
    batch = unsafe FrameBatch(borrowing: pointers)
  }
}

/// A view from outside that is kept for images of the same size.
private final class SizedView {
  private let size: [Int]
  private var view: OutsideView

  private init(of task: some DroneTask, width: Int, height: Int) throws {
    size = [width, height]
    view = try OutsideView(of: task, width: width, height: height)
  }

  static func kept(
    in view: inout SizedView?, of task: some DroneTask, width: Int, height: Int
  ) throws -> SizedView {
    if let view, view.size == [width, height] { return view }
    let new = try SizedView(of: task, width: width, height: height)
    view = new
    return new
  }

  /// The colours of an environment: red, green, blue and alpha, pixel by pixel.
  func draw<Memory>(_ episode: Episode<Memory>) -> [UInt8] {
    view.draw(episode)
    return view.images.colours
  }
}
