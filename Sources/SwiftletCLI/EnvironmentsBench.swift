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

      EXAMPLE: swiftlet bench environments --task hover --count 1024
      """)

  @Option(help: "The task; 'swiftlet tasks' lists them.")
  var task = "hover"

  @Option(help: "How many environments are stepped together.")
  var count = 1024

  @Option(help: "How many steps each of them takes.")
  var steps = 200

  func validate() throws {
    guard (1...100_000).contains(count), (1...1_000_000).contains(steps) else {
      throw ValidationError("--count takes 1 to 100000, --steps 1 to 1000000.")
    }
  }

  func run() throws {
    do {
      try measure(try SwiftletCLI.task(named: task))
    } catch let error as TaskError {
      throw CommandFailure.input("\(task): \(error)")
    } catch let error as GymError {
      throw CommandFailure.check("\(task): \(error)")
    }
  }

  private func measure(_ task: some DroneTask) throws {
    var environment = try TaskEnvironment(task, count: count, autoresetMode: .sameStep)
    var player = TaskPlayer(.random, of: environment, seed: 0)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 0, into: &batch)
    player.act(in: environment, batch: &batch)
    try environment.step(&batch)

    let start = Self.cpuSeconds
    for _ in 0..<steps { try environment.step(&batch) }
    let stepped = Self.cpuSeconds
    let hash = Self.hash(of: batch)
    for _ in 0..<5 { try environment.reset(into: &batch) }
    let reset = (Self.cpuSeconds - stepped) / Double(5 * count)

    let rate = Double(count * steps) / (stepped - start)
    print(
      String(
        format: "%.0f environment steps per CPU second, %.2f us a reset, hash %016llx", rate,
        1e6 * reset, hash))
  }

  /// The CPU time of this program. [s]
  private static var cpuSeconds: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

  /// The FNV-1a hash of all observations.
  private static func hash(of batch: borrowing StepBatch) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    let observations = batch.observations
    for index in observations.indices {
      hash = (hash ^ UInt64(observations[index].bitPattern)) &* 0x100_0000_01b3
    }
    return hash
  }
}
