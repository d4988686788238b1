public import Gym

/// Checks that an environment keeps to the rules that ``VectorEnvironment`` states.
///
/// Random actions are played in every autoreset mode, alone and in batches. What breaks a rule comes
/// back as a value: `#expect(report.isConforming, "\(report)")` is all that a test needs.
///
/// - Parameters:
///   - environmentCount: How many environments the larger batch has, at least 2.
///   - steps: How many steps are played each time; episodes should end within them.
///   - seed: Where episodes and actions come from.
///   - make: Makes a batch of so many environments, in a mode.
/// - Returns: The rules that were broken.
public func checkEnvironment<E: VectorEnvironment & ~Copyable>(
  environmentCount: Int = 3, steps: Int = 300, seed: UInt64 = 1,
  make: @escaping (Int, AutoresetMode) throws -> E
) -> ConformanceReport {
  var report = ConformanceReport()
  for mode in AutoresetMode.allCases {
    let check = EnvironmentCheck(
      count: max(environmentCount, 2), steps: steps, seed: seed, mode: mode, make: make)
    check.run(into: &report)
  }
  return report
}

/// The checks of one environment in one autoreset mode.
struct EnvironmentCheck<E: VectorEnvironment & ~Copyable> {
  let count: Int
  let steps: Int
  let seed: UInt64
  let mode: AutoresetMode
  let make: (Int, AutoresetMode) throws -> E

  func run(into report: inout ConformanceReport) {
    attempt(.spaces, &report, checkSpaces)
    guard report.isConforming else { return }
    attempt(.membership, &report, checkSteps)
    attempt(.seeding, &report, checkSeeding)
    attempt(.determinism, &report, checkDeterminism)
    attempt(.completeWrites, &report, checkWrites)
    attempt(.batching, &report, checkBatching)
    attempt(.isolation, &report, checkIsolation)
    attempt(.isolation, &report, checkPartialReset)
    attempt(.refusals, &report, checkRefusals)
    attempt(.clipping, &report, checkClipping)
    attempt(.snapshots, &report, checkSnapshots)
  }

  /// Runs a check; an error that it does not expect breaks its rule.
  private func attempt(
    _ rule: Rule, _ report: inout ConformanceReport,
    _ check: (inout ConformanceReport) throws -> Void
  ) {
    do {
      try check(&report)
    } catch {
      report.note(rule, "\(mode.rawValue): it threw where it should not: \(error)")
    }
  }

  func recorder(for environment: borrowing E) -> Recorder {
    Recorder(
      layout: environment.layout, actionSpace: environment.actionSpace, seed: seed &+ 1)
  }

  /// Resets and plays in buffers of its own: the bits of the reset, then those of each step.
  func trace(
    of environment: inout E, seeds: [UInt64], steps: Int? = nil,
    stream: (Int) -> UInt64 = { UInt64($0) }
  ) throws -> [[[UInt32]]] {
    let recorder = recorder(for: environment)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seeds: seeds, where: nil, into: &batch)
    let first = recorder.bits(of: batch, mode: mode)
    return [first]
      + (try recorder.play(
        &environment, &batch, steps: 0..<(steps ?? self.steps), stream: stream))
  }

  var seeds: [UInt64] { environmentSeeds(from: seed, count: count) }

  private func checkSpaces(_ report: inout ConformanceReport) throws {
    for number in [1, count] {
      let environment = try make(number, mode)
      let (layout, seen) = (environment.layout, environment.observationSpace)
      let action = environment.actionSpace
      if layout.environmentCount != number || layout.agentCount < 1 {
        report.note(.spaces, "asked for \(number) environments, it has \(layout)")
      }
      if layout.observationCount != seen.count || layout.actionCount != action.count {
        report.note(
          .spaces, "its spaces have \(seen.count) and \(action.count) numbers: \(layout)")
      }
      if environment.autoresetMode != mode {
        report.note(.spaces, "asked for \(mode), it is in \(environment.autoresetMode)")
      }
      if case .box(let box) = action, !(box.low + box.high).allSatisfy(\.isFinite) {
        report.note(.spaces, "its actions have no bounds")
      }
    }
  }

  private func checkSeeding(_ report: inout ConformanceReport) throws {
    var environment = try make(count, mode)
    let recorder = recorder(for: environment)
    var batch = StepBatch(layout: environment.layout)
    var first: [[[UInt32]]] = []
    for _ in 0..<2 {
      try environment.reset(seeds: seeds, where: nil, into: &batch)
      first.append(recorder.bits(of: batch, mode: mode))
      try environment.reset(into: &batch)
      first.append(recorder.bits(of: batch, mode: mode))
    }
    if first[0] != first[2] { report.note(.seeding, "reset twice by a seed, it begins two ways") }
    if first[1] != first[3] {
      report.note(.seeding, "the episode after a seeded one begins two ways")
    }
  }

  private func checkDeterminism(_ report: inout ConformanceReport) throws {
    var one = try make(count, mode)
    var other = try make(count, mode)
    let expected = try trace(of: &one, seeds: seeds)
    if let step = firstDifference(expected, try trace(of: &other, seeds: seeds)) {
      report.note(.determinism, "two made alike differ from step \(step) on")
    }
    if let step = firstDifference(expected, try trace(of: &one, seeds: seeds)) {
      report.note(.resetForgets, "after a reset by the same seed, step \(step) differs")
    }
  }

  private func checkWrites(_ report: inout ConformanceReport) throws {
    var traces: [[[[UInt32]]]] = []
    for flag in [false, true] {
      var environment = try make(count, mode)
      let recorder = recorder(for: environment)
      var expected = StepBatch(layout: environment.layout)
      try environment.reset(seeds: seeds, where: nil, into: &expected)
      var trace: [[[UInt32]]] = []
      for step in 0..<min(steps, 100) {
        // New buffers for each step, so that what a step leaves out shows.
        var guarded = GuardedBatch(layout: environment.layout, flag: flag)
        trace += try recorder.play(&environment, &guarded.batch, steps: step..<step + 1)
        if !guarded.isMarginWhole { report.note(.isolation, "it writes outside the buffers") }
      }
      traces.append(trace)
    }
    var environment = try make(count, mode)
    let plain = try trace(of: &environment, seeds: seeds, steps: min(steps, 100)).dropFirst()
    for trace in traces {
      guard let step = firstDifference(Array(plain), trace) else { continue }
      report.note(.completeWrites, "step \(step) leaves something as it was in the buffers")
    }
  }

  private func checkBatching(_ report: inout ConformanceReport) throws {
    var batch = try make(count, mode)
    let together = try trace(of: &batch, seeds: seeds)
    for index in 0..<count {
      var single = try make(1, mode)
      let alone = try trace(of: &single, seeds: [seeds[index]], stream: { _ in UInt64(index) })
      if let step = firstDifference(alone, 0, together, index) {
        report.note(.batching, "environment \(index) differs in a batch from step \(step) on")
      }
    }
  }

  private func checkIsolation(_ report: inout ConformanceReport) throws {
    var one = try make(count, mode)
    var other = try make(count, mode)
    let expected = try trace(of: &one, seeds: seeds)
    let disturbed = try trace(of: &other, seeds: seeds) { UInt64($0 == 0 ? 1000 : $0) }
    for index in 1..<count {
      guard let step = firstDifference(expected, index, disturbed, index) else { continue }
      report.note(
        .isolation, "other actions in environment 0 are felt in \(index) in step \(step)")
    }
  }

  /// Resets the first environment alone, in the middle of its episode.
  private func checkPartialReset(_ report: inout ConformanceReport) throws {
    let (first, rest) = (0..<max(1, steps / 4), max(1, steps / 4)..<max(2, steps / 2))
    var plain = try make(count, mode)
    var disturbed = try make(count, mode)
    let recorder = recorder(for: plain)
    var batch = StepBatch(layout: plain.layout)
    var other = StepBatch(layout: plain.layout)
    try plain.reset(seeds: seeds, where: nil, into: &batch)
    try disturbed.reset(seeds: seeds, where: nil, into: &other)
    _ = try recorder.play(&plain, &batch, steps: first)
    _ = try recorder.play(&disturbed, &other, steps: first)
    let before = recorder.bits(of: other, mode: mode)
    let fresh = environmentSeeds(from: seed &+ 2, count: count)
    try disturbed.reset(seeds: fresh, where: (0..<count).map { $0 == 0 }, into: &other)
    let after = recorder.bits(of: other, mode: mode)
    if before[1...] != after[1...] {
      report.note(.isolation, "a reset of environment 0 changes the rows of others")
    }
    let expected = try recorder.play(&plain, &batch, steps: rest)
    let trace = try recorder.play(&disturbed, &other, steps: rest)
    for index in 1..<count where firstDifference(expected, index, trace, index) != nil {
      report.note(.isolation, "a reset of environment 0 is felt in environment \(index)")
    }
    var single = try make(1, mode)
    var one = StepBatch(layout: single.layout)
    try single.reset(seeds: [fresh[0]], where: nil, into: &one)
    let alone = try self.recorder(for: single).play(&single, &one, steps: rest)
    if firstDifference(alone, 0, trace, 0) != nil {
      report.note(.resetForgets, "reset in mid-episode, an environment is not as if made anew")
    }
  }
}

/// The first moment in which an environment of one trace differs from one of another.
private func firstDifference(
  _ one: [[[UInt32]]], _ index: Int, _ other: [[[UInt32]]], _ otherIndex: Int
) -> Int? {
  let own = one.lazy.map { $0[index] }.filter { !$0.isEmpty }
  let others = other.lazy.map { $0[otherIndex] }.filter { !$0.isEmpty }
  var moment = 0
  var iterator = others.makeIterator()
  for bits in own {
    guard iterator.next() == bits else { return moment }
    moment += 1
  }
  return iterator.next() == nil ? nil : moment
}

/// The first step in which two traces differ, 0 being the reset.
func firstDifference(_ one: [[[UInt32]]], _ other: [[[UInt32]]]) -> Int? {
  guard one.count == other.count else { return min(one.count, other.count) }
  return one.indices.first { one[$0] != other[$0] }
}
