import CSwiftlet
import Foundation
import Gym
import Recording
import Scenario
import Tasks

/// Environments that play some task.
///
/// A subclass knows the task; this is all that does not depend on it.
@safe
class Environments: Held {
  /// The shape of their batches.
  let layout: BatchLayout
  /// All about the task that is played.
  let description: TaskDescription
  /// What surrounds the task.
  let setup: TaskSetup
  /// What agents may observe.
  let observationSpace: BoxSpace
  /// What agents may do.
  let actionSpace: Space
  /// What agents see, if they have cameras.
  let imageSpaces: [ImageSpace]
  /// What happens to an environment whose episode has ended.
  let autoresetMode: AutoresetMode
  private var ledger: EpisodeLedger
  /// Room for what callers leave out.
  private let spare: StepBatch
  /// The same for whether images are new.
  let spareIsNew: UnsafeMutablePointer<Bool>
  /// The buffers of a step that has begun and not ended.
  private var step: StepBuffers?
  /// The episode that is recorded, if one is.
  var recorder: EpisodeRecorder?

  override class var kind: String { "handle of environments" }

  init(
    _ description: TaskDescription, of setup: TaskSetup, layout: BatchLayout,
    spaces: (BoxSpace, Space), images: [ImageSpace], autoresetMode: AutoresetMode
  ) {
    self.layout = layout
    (self.description, self.setup) = (description, setup)
    (observationSpace, actionSpace) = spaces
    imageSpaces = images
    self.autoresetMode = autoresetMode
    ledger = EpisodeLedger(layout, stepLimit: description.stepLimit)
    spare = StepBatch(layout: layout)
    unsafe spareIsNew = .allocate(capacity: layout.rowCount)
    unsafe spareIsNew.initialize(repeating: false, count: layout.rowCount)
  }

  deinit { unsafe spareIsNew.deallocate() }

  // What a subclass does.

  func reset(
    seeds: [UInt64]?, where mask: [Bool]?, into batch: inout StepBatch, images: FramePointers?
  ) throws { preconditionFailure("a subclass resets") }

  func step(_ batch: inout StepBatch, images: FramePointers?) throws {
    preconditionFailure("a subclass steps")
  }

  func beginStep(
    _ batch: inout StepBatch, images: FramePointers?, states: TaskStatePointers?
  ) throws { preconditionFailure("a subclass steps") }

  func endStep(
    _ batch: inout StepBatch, images: FramePointers?, states: TaskStatePointers?
  ) { preconditionFailure("a subclass steps") }

  func read(into states: TaskStatePointers) throws { preconditionFailure("a subclass has states") }

  func render(
    _ environment: Int, width: Int, height: Int, _ body: ([UInt8]) -> Void
  ) throws { preconditionFailure("a subclass draws") }

  func snapshot() throws -> any Kept { preconditionFailure("a subclass has states") }

  func restore(_ snapshot: any Kept) throws { preconditionFailure("a subclass has states") }

  func decode(_ snapshot: Data) throws -> any Kept { preconditionFailure("a subclass has states") }

  func instant(of environment: Int) -> FlightInstant {
    preconditionFailure("a subclass has states")
  }

  func metadata(of environment: Int) -> EpisodeMetadata {
    preconditionFailure("a subclass has a task")
  }

  // What is the same for all.

  /// Refuses what comes between the halves of a step.
  func checkIsWhole() throws {
    guard step == nil else {
      throw Failure(
        .badState, "a step has begun and not ended: call swiftlet_environments_step_end")
    }
  }

  final func reset(
    seeds: [UInt64]?, where mask: [Bool]?, _ buffers: UnsafePointer<swiftlet_step_buffers>?
  ) throws {
    try checkIsWhole()
    let buffers = unsafe try StepBuffers(buffers, for: layout, else: spare, needsActions: false)
    let images = unsafe try imagePointers(buffers.given)
    var batch = unsafe StepBatch(borrowing: buffers.pointers)
    unsafe try reset(seeds: seeds, where: mask, into: &batch, images: images)
    unsafe ledger.begin(where: mask, into: buffers.given)
    beginRecord(where: mask)
  }

  final func step(_ buffers: UnsafePointer<swiftlet_step_buffers>?) throws {
    try checkIsWhole()
    let buffers = unsafe try StepBuffers(buffers, for: layout, else: spare, needsActions: true)
    let images = unsafe try imagePointers(buffers.given)
    var batch = unsafe StepBatch(borrowing: buffers.pointers)
    unsafe try step(&batch, images: images)
    unsafe ledger.record(batch, into: buffers.given)
    record()
  }

  final func beginStep(
    _ buffers: UnsafePointer<swiftlet_step_buffers>?, _ states: UnsafePointer<swiftlet_states>?
  ) throws {
    try checkIsWhole()
    let buffers = unsafe try StepBuffers(buffers, for: layout, else: spare, needsActions: true)
    let images = unsafe try imagePointers(buffers.given)
    let places = unsafe try taskStatePointers(states, rowCount: layout.rowCount)
    var batch = unsafe StepBatch(borrowing: buffers.pointers)
    unsafe try beginStep(&batch, images: images, states: places)
    step = buffers
  }

  final func endStep(_ states: UnsafePointer<swiftlet_states>?) throws {
    guard let buffers = step else {
      throw Failure(.badState, "no step has begun: call swiftlet_environments_step_begin")
    }
    let images = unsafe try imagePointers(buffers.given)
    let places = unsafe try taskStatePointers(states, rowCount: layout.rowCount)
    var batch = unsafe StepBatch(borrowing: buffers.pointers)
    unsafe endStep(&batch, images: images, states: places)
    unsafe ledger.record(batch, into: buffers.given)
    record()
    step = nil
  }

  /// Everything that the future depends on.
  final func keep() throws -> EnvironmentsSnapshot {
    try checkIsWhole()
    return EnvironmentsSnapshot(content: try snapshot(), ledger: ledger)
  }

  /// Goes back to a snapshot.
  final func goBack(to snapshot: EnvironmentsSnapshot) throws {
    try checkIsWhole()
    try restore(snapshot.content)
    ledger = snapshot.ledger
  }
}
