import ArgumentParser

/// `swiftlet bench`.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure how fast this machine flies.",
    discussion: "EXAMPLE: swiftlet bench environments", subcommands: [EnvironmentsBench.self])
}
