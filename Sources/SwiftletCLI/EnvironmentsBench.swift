import ArgumentParser
import Foundation
import Swiftlet

/// `swiftlet bench environments`.
struct EnvironmentsBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "environments", abstract: "Measure whole steps of environments, and resets.",
    discussion: """
      Counts CPU time, of whatever thread. The hash is of the last observations: it changes where the \
      physics or the task has changed.

      EXAMPLES:
        swiftlet bench environments --task hover --count 1024
        swiftlet bench environments --task formation --drones 10 --zero --profile
        swiftlet bench environments --task mine.yaml --set physics.precision=single
      """)

  @Option(help: "The task, by name or as a file; 'swiftlet tasks' lists the names.")
  var task = "hover"

  @OptionGroup var options: TaskOptions

  @Option(parsing: .unconditional, help: "How many environments are stepped together.")
  var count = 1024

  @Option(parsing: .unconditional, help: "How many steps each of them takes.")
  var steps = 200

  @Flag(help: "Let all actions be zero, in place of others each step, drawn evenly.")
  var zero = false

  @Option(parsing: .unconditional, help: "Threads that step the environments.")
  var threads = 1

  @Option(
    help: "How many digits numbers have, double or single; the same as --set physics.precision=P.")
  var precision: String?

  @Flag(help: "Say where the time of a step goes.")
  var profile = false

  func validate() throws {
    guard 1...1024 ~= threads else { throw ValidationError("--threads goes from 1 to 1024.") }

    guard (1...100_000).contains(count), (1...1_000_000).contains(steps) else {
      throw ValidationError("--count takes 1 to 100000, --steps 1 to 1000000.")
    }
  }

  func run() throws {
    do {
      let more = precision.map { ["physics.precision=\($0)"] } ?? []
      try measure(try options.specification(of: task, more).task)
    } catch { throw CommandFailure(error, in: task) ?? error }
  }

  private func measure(_ task: some DroneTask) throws {
    var environment = try TaskEnvironment(
      task, count: count, autoresetMode: .sameStep, pool: ThreadPool(threads: threads))
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 0, into: &batch)
    let plays = plays(of: environment, batch: &batch)
    var statistics = EpisodeStatistics(layout: environment.layout)
    try environment.step(&batch)

    if profile { environment.beginProfile() }
    var (stepping, wall) = (0.0, 0.0)
    // To ask for the time may take longer than a step of few environments.
    let stepsAtOnce = max(1, Self.environmentStepsAtOnce / count)
    for first in stride(from: 0, to: steps, by: stepsAtOnce) {
      let (start, instant) = (Self.cpuSeconds, ContinuousClock.now)
      for step in first..<min(first + stepsAtOnce, steps) {
        batch.act(plays[step % plays.count])
        try environment.step(&batch)
        statistics.record(batch)
      }
      stepping += Self.cpuSeconds - start
      wall += (ContinuousClock.now - instant) / .seconds(1)
    }
    let (agents, hash) = (environment.layout.agentCount, Self.hash(of: batch))
    let start = Self.cpuSeconds
    for _ in 0..<5 { try environment.reset(into: &batch) }
    let reset = (Self.cpuSeconds - start) / Double(5 * count)

    let episodes =
      statistics.meanLength.map { String(format: "episodes of %.0f steps", $0) }
      ?? "no episode ended"
    try standardOutput(
      String(
        format:
          "%.0f environment steps per CPU second, %.0f per wall second, %@%@, %.2f us a reset, "
          + "hash %016llx", Double(count * steps) / stepping, Double(count * steps) / wall,
        agents > 1
          ? String(
            format: "%.0f agent steps per CPU second, ", Double(count * steps * agents) / stepping)
          : "", episodes, 1e6 * reset, hash))
    if profile { try standardOutput(account(of: environment.profile, wall: wall)) }
  }

  /// Where the time of a step went, a line a part.
  private func account(of profile: StepProfile, wall: Double) -> String {
    let share = 1e9 / Double(count * steps)
    let parts = [
      ("actions", profile.actions), ("control laws", profile.laws), ("flight", profile.flight),
      ("rewards and endings", profile.judgement - profile.resets), ("resets", profile.resets),
      ("observations", profile.observation),
      ("checks and waiting", max(0, wall * Double(threads) - profile.total)),
    ]
    var table = TextTable(["part of a step", "ns an environment"])
    for (name, seconds) in parts { table.append([name, String(format: "%.0f", share * seconds)]) }
    return table.text
  }

  /// Some plays to be gone through again and again, all drawn beforehand.
  private func plays(
    of environment: borrowing TaskEnvironment<some DroneTask>, batch: inout StepBatch
  ) -> [[Float]] {
    var player = TaskPlayer(zero ? .zero : .random, of: environment, seed: 0)
    return (0..<32).map { _ in
      player.act(in: environment, batch: &batch)
      return batch.actions.indices.map { batch.actions[$0] }
    }
  }

  /// How many steps of an environment are made at least between two looks at the clock.
  private static var environmentStepsAtOnce: Int { 256 }

  /// The CPU time of this thread. [s]
  private static var cpuSeconds: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

  /// A hash of all observations.
  private static func hash(of batch: borrowing StepBatch) -> UInt64 {
    var hash = FNV1a()
    let observations = batch.observations
    for index in observations.indices { hash.add(UInt64(observations[index].bitPattern)) }
    return hash.value
  }
}

extension StepBatch {
  /// Takes over the actions of all agents.
  fileprivate mutating func act(_ actions: [Float]) {
    var rows = rows
    for index in actions.indices { rows.actions[index] = actions[index] }
  }
}
