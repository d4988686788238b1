public import Gym
import Randomness

/// Many copies of one environment, stepped one after the other, after Gymnasium's `SyncVectorEnv`.
public struct SyncVectorEnvironment<Copy: SubEnvironment>: VectorEnvironment {
  /// All that the future of a batch depends on.
  public struct Snapshot: Sendable, Codable {
    var copies: [Copy]
    var randoms: [SplitMix64]
    var phases: [EpisodePhase]
    var isLive: [Bool]

    private enum CodingKeys: String, CodingKey {
      // The key of snapshots that exist.
      case copies = "games"
      case randoms, phases, isLive
    }
  }

  public let layout: BatchLayout
  public let observationSpace: BoxSpace
  public let actionSpace: Space
  public let autoresetMode: AutoresetMode
  private var state: Snapshot
  private var actions: [Float]
  private var isClosed = false

  /// Copies of an environment, to be reset before their first step.
  public init(_ environment: Copy, count: Int, autoresetMode: AutoresetMode = .sameStep) {
    observationSpace = environment.observationSpace
    actionSpace = environment.actionSpace
    self.autoresetMode = autoresetMode
    layout = BatchLayout(
      environmentCount: count, agentCount: environment.agentCount,
      observationCount: observationSpace.count, actionCount: actionSpace.count)
    state = Snapshot(
      copies: Array(repeating: environment, count: count),
      randoms: environmentSeeds(from: 0, count: count).map { SplitMix64(seed: $0) },
      phases: Array(repeating: .unstarted, count: count),
      isLive: Array(repeating: false, count: layout.rowCount))
    actions = Array(repeating: 0, count: layout.rowCount * layout.actionCount)
  }

  public mutating func reset(
    seeds: [UInt64]?, where mask: [Bool]?, into batch: inout StepBatch
  ) throws(GymError) {
    try checkIsOpen()
    try check(batch)
    try check(seeds: seeds, mask: mask)
    for environment in 0..<layout.environmentCount where mask?[environment] ?? true {
      if let seeds { state.randoms[environment] = SplitMix64(seed: seeds[environment]) }
      var rows = batch.rows(of: environment..<environment + 1)
      Self.clear(&rows, isLive: state.isLive, from: layout.rows(of: environment).lowerBound)
      for row in rows.participations.indices { rows.participations[row] = false }
      begin(environment, into: &rows)
    }
  }

  public mutating func step(_ batch: inout StepBatch) throws(GymError) {
    try checkIsOpen()
    try check(batch)
    for environment in 0..<layout.environmentCount {
      _ = try state.phases[environment].opening(in: autoresetMode, environment: environment)
    }
    let space = actionSpace
    var clipped = actions.mutableSpan
    try space.clip(batch.actions.span, into: &clipped)
    for environment in 0..<layout.environmentCount {
      var rows = batch.rows(of: environment..<environment + 1)
      Self.clear(&rows, isLive: state.isLive, from: layout.rows(of: environment).lowerBound)
      if state.phases[environment] == .over {
        for row in rows.participations.indices { rows.participations[row] = false }
        begin(environment, into: &rows)
      } else {
        play(environment, into: &rows)
      }
    }
  }

  public func snapshot() throws(GymError) -> Snapshot {
    try checkIsOpen()
    return state
  }

  public mutating func restore(_ snapshot: Snapshot) throws(GymError) {
    try checkIsOpen()
    let counts = [snapshot.copies.count, snapshot.randoms.count, snapshot.phases.count]
    guard counts.allSatisfy({ $0 == layout.environmentCount }) else {
      throw .foreignSnapshot("it has \(counts[0]) environments, not \(layout.environmentCount)")
    }
    guard snapshot.isLive.count == layout.rowCount,
      snapshot.copies.allSatisfy({ $0.agentCount == layout.agentCount })
    else { throw .foreignSnapshot("its environments do not have \(layout.agentCount) agents") }
    state = snapshot
  }

  public mutating func close() { isClosed = true }

  private func checkIsOpen() throws(GymError) {
    guard !isClosed else { throw .closed }
  }

  /// Brings the rows of an environment to zero, and says which agents take part.
  private static func clear(_ rows: inout StepRows, isLive: [Bool], from first: Int) {
    for row in rows.rewards.indices {
      rows.rewards[row] = 0
      rows.terminations[row] = false
      rows.truncations[row] = false
      rows.participations[row] = isLive[first + row]
    }
    for index in rows.observations.indices {
      rows.observations[index] = 0
      rows.finalObservations[index] = 0
    }
  }

  private mutating func begin(_ environment: Int, into rows: inout StepRows) {
    state.copies[environment].reset(using: &state.randoms[environment])
    state.copies[environment].observe(into: &rows.observations)
    state.phases[environment] = .running
    for row in layout.rows(of: environment) { state.isLive[row] = true }
  }

  private mutating func play(_ environment: Int, into rows: inout StepRows) {
    let (first, width) = (layout.rows(of: environment).lowerBound, layout.actionCount)
    let actions = self.actions
    let span = actions.span.extracting(first * width..<(first + layout.agentCount) * width)
    state.copies[environment].step(
      span, into: &rows, using: &state.randoms[environment])
    state.copies[environment].observe(into: &rows.observations)
    let isOver = depart(from: first, in: &rows)
    let next = EpisodePhase.closing(in: autoresetMode, isOver: isOver)
    state.phases[environment] = next.phase
    guard next.beginsNext else { return }
    for index in rows.observations.indices {
      rows.finalObservations[index] = rows.observations[index]
    }
    begin(environment, into: &rows)
  }

  /// Empties the rows of agents that were not there, and notes which agents leave; whether none is left.
  private mutating func depart(from first: Int, in rows: inout StepRows) -> Bool {
    var isOver = true
    for row in rows.rewards.indices {
      if !state.isLive[first + row] {
        rows.participations[row] = false
        rows.rewards[row] = 0
        rows.terminations[row] = false
        rows.truncations[row] = false
        let width = layout.observationCount
        for index in row * width..<(row + 1) * width { rows.observations[index] = 0 }
      } else {
        rows.participations[row] = true
        state.isLive[first + row] = !rows.terminations[row] && !rows.truncations[row]
      }
      if state.isLive[first + row] { isOver = false }
    }
    return isOver
  }
}
