import ArgumentParser

/// `swiftlet bench`.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure how fast this machine flies.",
    discussion: """
      Times are those of the processor; take ratios within one run, since machines are shared and
      noisy.

      EXAMPLES:
        swiftlet bench physics
        swiftlet bench environments
        swiftlet bench cameras
        swiftlet bench learning
      """,
    subcommands: [
      BenchPhysicsCommand.self, EnvironmentsBench.self, CamerasBench.self, LearningBench.self,
    ])
}
