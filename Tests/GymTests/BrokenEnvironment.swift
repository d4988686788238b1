import Gym
import GymAdapters
import GymTesting

/// The corridor with a fault: one for each rule of conformance.
struct BrokenEnvironment: VectorEnvironment {
  private var base: SyncVectorEnvironment<Corridor>
  private let fault: Rule
  private var stepsSinceReset: Float = 0
  private var stepsInAll: Float = 0

  init(_ fault: Rule, count: Int, mode: AutoresetMode) {
    self.fault = fault
    base = SyncVectorEnvironment(
      Corridor(), count: fault == .spaces ? count + 1 : count, autoresetMode: mode)
  }

  var layout: BatchLayout { base.layout }
  var observationSpace: BoxSpace { base.observationSpace }
  var actionSpace: Space { base.actionSpace }
  var autoresetMode: AutoresetMode { base.autoresetMode }

  mutating func reset(
    seeds: [UInt64]?, where mask: [Bool]?, into batch: inout StepBatch
  ) throws(GymError) {
    let isGood = seeds == nil || seeds?.count == layout.environmentCount
    try base.reset(
      seeds: fault == .seeding && isGood ? nil : seeds, where: mask, into: &batch)
    if mask == nil { stepsSinceReset = 0 }
  }

  mutating func step(_ batch: inout StepBatch) throws(GymError) {
    let raw = batch.actions[0]
    let last = layout.rowCount - 1
    let oldReward = batch.rewards[last]
    if fault == .refusals, batch.layout == layout {
      var rows = batch.rows
      for index in rows.actions.indices where !rows.actions[index].isFinite {
        rows.actions[index] = 0
      }
    }
    try base.step(&batch)
    stepsSinceReset += 1
    stepsInAll += 1
    spoil(&batch, raw: raw, oldReward: oldReward)
  }

  private func spoil(_ batch: inout StepBatch, raw: Float, oldReward: Float) {
    let layout = layout
    let last = layout.rowCount - 1
    var rows = batch.rows
    switch fault {
    case .membership: rows.observations[0] = 5
    case .determinism: rows.rewards[0] += .random(in: 1...2)
    case .resetForgets: rows.rewards[0] += stepsInAll
    case .completeWrites: rows.rewards[last] = oldReward
    case .departures: rows.participations[0] = true
    case .autoreset:
      for index in rows.observations.indices {
        rows.finalObservations[index] = rows.observations[index]
      }
    case .batching: for row in 2...max(last, 2) where row <= last { rows.rewards[row] += 1 }
    case .isolation: rows.rewards[last] += 2 + raw
    case .clipping: rows.rewards[0] += 5 + raw
    case .snapshots: rows.rewards[0] += stepsSinceReset
    case .spaces, .seeding, .refusals: break
    }
  }

  func snapshot() throws(GymError) -> SyncVectorEnvironment<Corridor>.Snapshot {
    try base.snapshot()
  }
  mutating func restore(_ snapshot: SyncVectorEnvironment<Corridor>.Snapshot) throws(GymError) {
    try base.restore(snapshot)
  }
  mutating func close() { base.close() }
}
