import Foundation
import Gym

extension EnvironmentCheck where E: ~Copyable {
  func checkRefusals(_ report: inout ConformanceReport) throws {
    var environment = try make(count, mode)
    let layout = environment.layout
    var batch = StepBatch(layout: layout)
    expect(.notReset, "a step before the first reset", &report) { () throws(GymError) in
      try environment.step(&batch)
    }
    try environment.reset(seeds: seeds, where: nil, into: &batch)
    for place in 0..<4 {
      let wrong = BatchLayout(
        environmentCount: layout.environmentCount + (place == 0 ? 1 : 0),
        agentCount: layout.agentCount + (place == 1 ? 1 : 0),
        observationCount: layout.observationCount + (place == 2 ? 1 : 0),
        actionCount: layout.actionCount + (place == 3 ? 1 : 0))
      var foreign = StepBatch(layout: wrong)
      let refusal = GymError.wrongLayout(expected: layout, actual: wrong)
      expect(refusal, "a step with buffers of another size", &report) { () throws(GymError) in
        try environment.step(&foreign)
      }
      expect(refusal, "a reset with buffers of another size", &report) { () throws(GymError) in
        try environment.reset(into: &foreign)
      }
    }
    let tooFew = count - 1
    do {
      try environment.reset(seeds: Array(seeds.prefix(tooFew)), where: nil, into: &batch)
      report.note(.refusals, "a reset with \(tooFew) seeds for \(count) environments is accepted")
    } catch GymError.wrongCount {}
    do {
      let mask = Array(repeating: true, count: tooFew)
      try environment.reset(seeds: nil, where: mask, into: &batch)
      report.note(.refusals, "a reset of \(tooFew) of \(count) environments by mask is accepted")
    } catch GymError.wrongCount {}
    do {
      try environment.restore(make(count + 1, mode).snapshot())
      report.note(.refusals, "a snapshot of \(count + 1) environments is restored to \(count)")
    } catch GymError.foreignSnapshot {}
    try checkBadActions(of: &environment, &batch, into: &report)
    try checkClosing(of: &environment, &batch, into: &report)
  }

  /// Numbers that are no numbers are refused, and leave buffers and environment as they were.
  private func checkBadActions(
    of environment: inout E, _ batch: inout StepBatch, into report: inout ConformanceReport
  ) throws {
    let recorder = recorder(for: environment)
    let before = recorder.bits(of: batch, mode: mode)
    let last = batch.layout.rowCount * batch.layout.actionCount - 1
    for (bad, place) in [(Float.nan, last), (.infinity, 0), (-.infinity, last)] {
      recorder.act(&batch, step: 0)
      var rows = batch.rows
      rows.actions[place] = bad
      do {
        try environment.step(&batch)
        report.note(.refusals, "an action of \(bad) is accepted")
        return
      } catch GymError.badAction {}
    }
    if recorder.bits(of: batch, mode: mode) != before {
      report.note(.refusals, "a refused action changes the buffers")
    }
    let after = try recorder.play(&environment, &batch, steps: 0..<20)
    var fresh = try make(count, mode)
    let expected = try trace(of: &fresh, seeds: seeds, steps: 20).dropFirst()
    if firstDifference(Array(expected), after) != nil {
      report.note(.refusals, "a refused action changes the environment")
    }
  }

  private func checkClosing(
    of environment: inout E, _ batch: inout StepBatch, into report: inout ConformanceReport
  ) throws {
    let snapshot = try environment.snapshot()
    environment.close()
    environment.close()
    expect(.closed, "a step after closing", &report) { () throws(GymError) in
      try environment.step(&batch)
    }
    expect(.closed, "a reset after closing", &report) { () throws(GymError) in
      try environment.reset(into: &batch)
    }
    expect(.closed, "a snapshot after closing", &report) { () throws(GymError) in
      _ = try environment.snapshot()
    }
    expect(.closed, "a restoring after closing", &report) { () throws(GymError) in
      try environment.restore(snapshot)
    }
  }

  private func expect(
    _ expected: GymError, _ what: String, _ report: inout ConformanceReport,
    _ body: () throws(GymError) -> Void
  ) {
    do {
      try body()
      report.note(.refusals, "\(what) is accepted")
    } catch {
      guard error != expected else { return }
      report.note(.refusals, "\(what) is refused with '\(error)', not '\(expected)'")
    }
  }

  func checkClipping(_ report: inout ConformanceReport) throws {
    var one = try make(count, mode)
    var other = try make(count, mode)
    guard case .box(let box) = one.actionSpace else { return }
    let recorder = recorder(for: one)
    var batch = StepBatch(layout: one.layout)
    var beyond = StepBatch(layout: one.layout)
    try one.reset(seeds: seeds, where: nil, into: &batch)
    try other.reset(seeds: seeds, where: nil, into: &beyond)
    for step in 0..<4 {
      var rows = batch.rows
      var far = beyond.rows
      for index in rows.actions.indices {
        let column = index % box.count
        let (low, high) = (box.low[column], box.high[column])
        let isUp = (index + step).isMultiple(of: 2)
        rows.actions[index] = isUp ? high : low
        let most = step < 2 ? (high - low) + 1 : Float.greatestFiniteMagnitude
        far.actions[index] =
          isUp
          ? min(high + most, .greatestFiniteMagnitude) : max(low - most, -.greatestFiniteMagnitude)
      }
      try one.step(&batch)
      try other.step(&beyond)
      if recorder.bits(of: batch, mode: mode) != recorder.bits(of: beyond, mode: mode) {
        report.note(.clipping, "actions beyond the bounds are not those at the bounds")
      }
      if LiveAgents(layout: one.layout, mode: mode).updated(by: batch).hasEnded.contains(true) {
        return
      }
    }
  }

  func checkSnapshots(_ report: inout ConformanceReport) throws {
    var environment = try make(count, mode)
    let recorder = recorder(for: environment)
    let (half, all) = (steps / 2, steps)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seeds: seeds, where: nil, into: &batch)
    _ = try recorder.play(&environment, &batch, steps: 0..<half)
    let snapshot = try environment.snapshot()
    let after = try recorder.play(&environment, &batch, steps: half..<all)

    var plain = try make(count, mode)
    let whole = try trace(of: &plain, seeds: seeds)
    if Array(whole.suffix(after.count)) != after {
      report.note(.snapshots, "taking a snapshot changes what follows")
    }
    try environment.restore(snapshot)
    if let step = firstDifference(
      after, try recorder.play(&environment, &batch, steps: half..<all))
    {
      report.note(.snapshots, "restored, it differs \(step) steps later")
    }
    let data = try PropertyListEncoder().encode([snapshot])
    let copies = try PropertyListDecoder().decode([E.Snapshot].self, from: data)
    var other = try make(count, mode)
    for copy in copies { try other.restore(copy) }
    if let step = firstDifference(after, try recorder.play(&other, &batch, steps: half..<all)) {
      report.note(.snapshots, "written, read and restored, it differs \(step) steps later")
    }
  }
}

extension LiveAgents {
  /// The same after a step.
  func updated(by batch: borrowing StepBatch) -> LiveAgents {
    var copy = self
    copy.update(batch)
    return copy
  }
}
