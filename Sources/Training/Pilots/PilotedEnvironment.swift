package import Gym
import Learning
package import Tasks

/// Worlds of a task in which a learner flies some drones, and other pilots fly the rest.
///
/// The learner is shown its own drones alone: the rows of others are zero and false throughout, as if they had left.
/// An episode ends when the last of its own drones has left, whatever others would still do.
package struct PilotedEnvironment<Task: DroneTask>: VectorEnvironment, ~Copyable {
  var worlds: TaskEnvironment<Task>
  /// The pilots; `nil` where the learner flies all drones.
  var pilots: PilotPlayer<Task>?
  /// What all drones see and do.
  var all: StepBatch
  /// Which of all drones take part.
  var live: LiveAgents
  private let isOwn: [Bool]

  /// Worlds with their pilots.
  ///
  /// - Parameters:
  ///   - worlds: The worlds, which reset themselves in the same step.
  ///   - pilots: The pilot of each row.
  /// - Throws: `LearningError` where a policy does not fit.
  package init(_ worlds: consuming TaskEnvironment<Task>, _ pilots: [Pilot]) throws {
    let layout = worlds.layout
    guard worlds.autoresetMode == .sameStep else {
      throw LearningError.unfitEnvironment(
        "pilots need an environment that resets in the same step")
    }
    let isOwn = pilots.map(\.isOwn)
    for world in 0..<layout.environmentCount where !isOwn[layout.rows(of: world)].contains(true) {
      throw LearningError.unfitEnvironment("others fly all drones, so that nobody learns")
    }
    let player = isOwn.contains(false) ? try PilotPlayer(pilots, of: worlds) : nil
    (self.isOwn, self.pilots) = (isOwn, player)
    all = StepBatch(layout: layout)
    live = LiveAgents(layout: layout, mode: .sameStep)
    self.worlds = worlds
  }

  package var layout: BatchLayout { worlds.layout }
  package var observationSpace: BoxSpace { worlds.observationSpace }
  package var actionSpace: Space { worlds.actionSpace }
  package var autoresetMode: AutoresetMode { worlds.autoresetMode }

  /// Plays another task from the next step on; see `TaskEnvironment`.
  mutating func replaceTask(with task: Task) { worlds.replaceTask(with: task) }

  /// Which rows are the learner's; `nil` if all are.
  package var ownRows: [Bool]? { pilots == nil ? nil : isOwn }

  package mutating func reset(
    seeds: [UInt64]?, where mask: [Bool]?, into batch: inout StepBatch
  ) throws(GymError) {
    guard pilots != nil else { return try worlds.reset(seeds: seeds, where: mask, into: &batch) }
    try check(batch)
    try worlds.reset(seeds: seeds, where: mask, into: &all)
    for world in 0..<layout.environmentCount where mask?[world] ?? true {
      live.begin(environment: world)
      pilots?.begin(world, seed: seeds?[world])
      for row in layout.rows(of: world) { show(row, in: &batch) }
    }
  }

  package mutating func step(_ batch: inout StepBatch) throws(GymError) {
    guard pilots != nil else { return try worlds.step(&batch) }
    try check(batch)
    try actionSpace.check(batch.actions.span)
    takeActions(of: batch)
    pilots?.act(in: worlds, where: live.isLive, batch: &all)
    try fly()
    live.update(all)
    for world in live.hasEnded.indices where live.hasEnded[world] { pilots?.begin(world) }
    for row in isOwn.indices { show(row, in: &batch) }
  }

  /// Makes a step of all worlds, and ends those in which nobody learns any more.
  // By itself, so that nothing else holds what is about to change, which would be copied then.
  private mutating func fly() throws(GymError) {
    let (live, isOwn) = (live, isOwn)
    try worlds.step(&all) { $0.endWorlds(without: isOwn, live) }
  }

  private mutating func takeActions(of batch: borrowing StepBatch) {
    let width = layout.actionCount
    for row in isOwn.indices where isOwn[row] {
      for index in row * width..<(row + 1) * width { all.actions[index] = batch.actions[index] }
    }
  }

  /// Writes a row as the learner sees it.
  private func show(_ row: Int, in batch: inout StepBatch) {
    let (isOwn, width) = (isOwn[row], layout.observationCount)
    var rows = batch.rows
    rows.rewards[row] = isOwn ? all.rewards[row] : 0
    rows.terminations[row] = isOwn && all.terminations[row]
    rows.truncations[row] = isOwn && all.truncations[row]
    rows.participations[row] = isOwn && all.participations[row]
    for index in row * width..<(row + 1) * width {
      rows.observations[index] = isOwn ? all.observations[index] : 0
      rows.finalObservations[index] = isOwn ? all.finalObservations[index] : 0
    }
  }

  package mutating func close() { worlds.close() }
}

extension StepBatch {
  /// Cuts off the episodes of all drones of the worlds in which the last drone of a learner's has just left.
  fileprivate mutating func endWorlds(without isOwn: [Bool], _ live: LiveAgents) {
    let layout = self.layout
    var rows = self.rows
    for world in 0..<layout.environmentCount {
      let drones = layout.rows(of: world)
      var isOver = true
      for row in drones where isOwn[row] && live.isLive[row] {
        let hasEnded =
          rows.terminations[row] || rows.truncations[row] || !rows.rewards[row].isFinite
        isOver = isOver && hasEnded
      }
      guard isOver else { continue }
      for row in drones where live.isLive[row] && !rows.terminations[row] {
        rows.truncations[row] = true
      }
    }
  }
}
