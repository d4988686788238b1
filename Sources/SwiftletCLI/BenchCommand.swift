import ArgumentParser

/// `swiftlet bench`.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure how fast this machine is.",
    discussion: "EXAMPLE: swiftlet bench cameras",
    subcommands: [CamerasBench.self])
}
