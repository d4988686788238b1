import Gym

extension EnvironmentCheck where E: ~Copyable {
  /// Plays, and looks at every row: membership, departures, automatic resets.
  func checkSteps(_ report: inout ConformanceReport) throws {
    var environment = try make(count, mode)
    let recorder = recorder(for: environment)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seeds: seeds, where: nil, into: &batch)
    checkMembership(of: environment, batch, "after reset", into: &report)
    for row in 0..<environment.layout.rowCount where batch.participations[row] {
      report.note(.departures, "after reset, row \(row) is said to have taken part")
    }
    var live = LiveAgents(layout: environment.layout, mode: mode)
    var wasOver = false
    for step in 0..<steps {
      recorder.act(&batch, step: step)
      let before = live
      try environment.step(&batch)
      live.update(batch)
      checkMembership(of: environment, batch, "in step \(step)", into: &report)
      checkRows(batch, before: before, step: step, into: &report)
      wasOver = wasOver || live.hasEnded.contains(true)
      if mode == .disabled, live.hasEnded.contains(true) {
        try checkManualReset(of: &environment, &batch, &live, into: &report)
      }
    }
    if !wasOver { report.unchecked.append("\(mode.rawValue): no episode ended in \(steps) steps") }
  }

  private func checkMembership(
    of environment: borrowing E, _ batch: borrowing StepBatch, _ moment: String,
    into report: inout ConformanceReport
  ) {
    let (layout, space) = (environment.layout, environment.observationSpace)
    let width = layout.observationCount
    for row in 0..<layout.rowCount {
      let columns = row * width..<(row + 1) * width
      let isGone = columns.allSatisfy { batch.observations[$0] == 0 }
      if !isGone, !space.contains(batch.observations.extracting(columns)) {
        let seen = columns.map { batch.observations[$0] }
        report.note(.membership, "\(moment), row \(row) observes \(seen), outside of its space")
      }
      if !batch.rewards[row].isFinite {
        report.note(.membership, "\(moment), row \(row) is given \(batch.rewards[row])")
      }
    }
  }

  /// Checks flags and participations of a step against the agents that took part before it.
  private func checkRows(
    _ batch: borrowing StepBatch, before: LiveAgents, step: Int,
    into report: inout ConformanceReport
  ) {
    let layout = batch.layout
    for index in 0..<layout.environmentCount {
      let mustBegin = mode == .nextStep && before.hasEnded[index]
      for row in layout.rows(of: index) {
        let acted = batch.participations[row]
        if mustBegin, acted {
          report.note(.autoreset, "row \(row) acted in step \(step), which only begins an episode")
        } else if !mustBegin, acted, !before.isLive[row] {
          report.note(.departures, "the agent of row \(row) is back in step \(step)")
        } else if !mustBegin, !acted, before.isLive[row] {
          report.note(.departures, "the agent of row \(row) is passed over in step \(step)")
        }
        let isQuiet =
          batch.rewards[row] == 0 && !batch.terminations[row] && !batch.truncations[row]
        if !acted, !isQuiet {
          report.note(
            .departures, "row \(row) has a reward or flag in step \(step), but did not act")
        }
      }
    }
    checkFinalObservations(batch, step: step, into: &report)
  }

  private func checkFinalObservations(
    _ batch: borrowing StepBatch, step: Int, into report: inout ConformanceReport
  ) {
    guard mode == .sameStep else { return }
    var live = LiveAgents(layout: batch.layout, mode: mode)
    live.update(batch)
    let width = batch.layout.observationCount
    for index in live.hasEnded.indices where live.hasEnded[index] {
      let rows = batch.layout.rows(of: index).filter { batch.participations[$0] }
      for row in rows {
        let columns = row * width..<(row + 1) * width
        if columns.allSatisfy({ batch.finalObservations[$0] == batch.observations[$0] }) {
          report.note(
            .autoreset,
            "in step \(step), the final observation of row \(row) is that of the new episode")
        }
      }
    }
  }

  private func checkManualReset(
    of environment: inout E, _ batch: inout StepBatch, _ live: inout LiveAgents,
    into report: inout ConformanceReport
  ) throws {
    let recorder = recorder(for: environment)
    let over = live.hasEnded
    let before = recorder.bits(of: batch, mode: mode)
    do {
      try environment.step(&batch)
      report.note(.autoreset, "it steps on after the end of an episode, with resets disabled")
    } catch GymError.episodeOver {
    } catch {
      report.note(.autoreset, "stepping on after an end throws \(error), not episodeOver")
    }
    try environment.reset(seeds: nil, where: over, into: &batch)
    let after = recorder.bits(of: batch, mode: mode)
    for index in over.indices where !over[index] && before[index] != after[index] {
      report.note(.isolation, "resetting others changes the rows of environment \(index)")
    }
    for index in over.indices where over[index] { live.begin(environment: index) }
  }
}
