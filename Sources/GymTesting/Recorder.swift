import Gym
import Randomness

/// Plays random actions, and notes the bits of all that comes of them.
struct Recorder {
  let layout: BatchLayout
  let actionSpace: Space
  let seed: UInt64

  /// The bits of a row after a step or reset.
  private func bits(of row: Int, in batch: borrowing StepBatch) -> [UInt32] {
    var bits = [
      batch.rewards[row].bitPattern, batch.terminations[row] ? 1 : 0,
      batch.truncations[row] ? 1 : 0, batch.participations[row] ? 1 : 0,
    ]
    let (width, seen) = (layout.observationCount, batch.observations)
    for index in row * width..<(row + 1) * width { bits.append(seen[index].bitPattern) }
    return bits
  }

  /// The bits of the rows of one environment, final observations only where they count.
  func bits(
    ofEnvironment environment: Int, in batch: borrowing StepBatch, mode: AutoresetMode
  ) -> [UInt32] {
    var all: [UInt32] = []
    for row in layout.rows(of: environment) { all += bits(of: row, in: batch) }
    let acted = layout.rows(of: environment).contains { batch.participations[$0] }
    let goesOn = layout.rows(of: environment).contains {
      batch.participations[$0] && !batch.terminations[$0] && !batch.truncations[$0]
    }
    guard mode == .sameStep, acted, !goesOn else { return all }
    let width = layout.observationCount
    let (first, last) = (batch.finalObservations, layout.rows(of: environment))
    for row in last where batch.participations[row] {
      for index in row * width..<(row + 1) * width { all.append(first[index].bitPattern) }
    }
    return all
  }

  /// The bits of every environment, one list each.
  func bits(of batch: borrowing StepBatch, mode: AutoresetMode) -> [[UInt32]] {
    var all: [[UInt32]] = []
    for environment in 0..<layout.environmentCount {
      all.append(bits(ofEnvironment: environment, in: batch, mode: mode))
    }
    return all
  }

  /// Writes the random actions of a step: those of an environment depend on its stream alone.
  func act(
    _ batch: inout StepBatch, step: Int, stream: (Int) -> UInt64 = { UInt64($0) }
  ) {
    let root = SplitMix64(seed: seed).stream(UInt64(step))
    for environment in 0..<layout.environmentCount {
      var random = root.stream(stream(environment))
      var rows = batch.rows(of: environment..<environment + 1)
      let width = layout.actionCount
      var action = [Float](repeating: 0, count: width)
      for row in 0..<layout.agentCount {
        var span = action.mutableSpan
        actionSpace.sample(using: &random, into: &span)
        for column in 0..<width { rows.actions[row * width + column] = action[column] }
      }
    }
  }

  /// Plays some steps, and returns the bits of each, by step and environment.
  ///
  /// Environments that have ended and do not reset by themselves are reset, and have bits of their own
  /// for it; those of the others are empty there.
  func play<E: VectorEnvironment & ~Copyable>(
    _ environment: inout E, _ batch: inout StepBatch, steps: Range<Int>,
    stream: (Int) -> UInt64 = { UInt64($0) }
  ) throws(GymError) -> [[[UInt32]]] {
    let mode = environment.autoresetMode
    var trace: [[[UInt32]]] = []
    var live = LiveAgents(layout: layout, mode: mode)
    for step in steps {
      act(&batch, step: step, stream: stream)
      try environment.step(&batch)
      live.update(batch)
      trace.append(bits(of: batch, mode: mode))
      guard mode == .disabled, live.hasEnded.contains(true) else { continue }
      let over = live.hasEnded
      try environment.reset(seeds: nil, where: over, into: &batch)
      for index in over.indices where over[index] { live.begin(environment: index) }
      var begun = bits(of: batch, mode: mode)
      for index in begun.indices where !over[index] { begun[index] = [] }
      trace.append(begun)
    }
    return trace
  }
}
