import ArgumentParser
import Foundation
import Pictures
import Swiftlet

/// `swiftlet rollout`.
struct RolloutCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollout", abstract: "Play a task by a policy that has learnt nothing.",
    discussion: """
      With --record each episode is a flight of its own, in DIR/episode-0 and so on: trajectory.csv, \
      metadata.json, plots.svg and replay.html, for 'swiftlet plot', 'compare', 'picture' and 'view'.

      EXAMPLES:
        swiftlet rollout hover --policy pid
        swiftlet rollout flock --policy random --record runs/flock
        swiftlet rollout vision-hover --episodes 1 --save-frames runs/frames
        swiftlet rollout mine.yaml --set wind.mean=[3,0,0]
      """)

  @Argument(
    help: "The task, by name or as a file; 'swiftlet tasks' lists the names.",
    completion: .file(extensions: ["yaml"]))
  var name: String

  @OptionGroup var options: TaskOptions

  @Option(
    help: "Who chooses the actions: \(TaskPolicy.allCases.map(\.rawValue).joined(separator: ", "))."
  )
  var policy = "pid"

  @Option(parsing: .unconditional, help: "How many episodes to play.")
  var episodes = 3

  @Option(parsing: .unconditional, help: "Where random numbers start.")
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp("A new folder, for a flight of each episode.", valueName: "dir"),
    completion: .directory)
  var record: String?

  @Flag(inversion: .prefixedNo, help: "Draw the recorded episodes.")
  var pictures = true

  @Option(
    help: ArgumentHelp(
      "A new folder for what the drones see, as PNG: colours, depth [mm] and ids.", valueName: "dir"
    ),
    completion: .directory)
  var saveFrames: String?

  func validate() throws {
    guard (1...1_000_000).contains(episodes) else {
      throw ValidationError("--episodes takes a number from 1 to 1000000, not \(episodes).")
    }
  }

  func run() throws {
    do {
      let specification = try options.specification(of: name)
      try play(specification.task, named: specification.name, by: chosenPolicy)
    } catch { throw CommandFailure(error, in: name) ?? error }
  }

  private var chosenPolicy: TaskPolicy {
    get throws {
      if let policy = TaskPolicy(rawValue: policy) { return policy }
      let names = TaskPolicy.allCases.map(\.rawValue)
      let advice = "there are " + names.joined(separator: ", ")
      throw CommandFailure.input(unknown("policy", policy, among: names, else: advice))
    }
  }

  private func play(_ task: some DroneTask, named name: String, by policy: TaskPolicy) throws {
    let folder = try record.map { path throws(RecordingError) in try RunFolder(at: path) }
    let frames = try saveFrames.map { try FrameSaver(task, folder: RunFolder(at: $0)) }
    var rollout = try Rollout(task, named: name, policy: policy, seed: seed, frames: frames)
    var table = TextTable(["episode", "steps", "return", "end"])
    var returns: [Double] = []
    var fastestTurn = 0.0
    for episode in 0..<episodes {
      let flight = try folder.map { folder throws(RecordingError) in
        try RunFolder(at: folder.file("episode-\(episode)"))
      }
      let outcome = try rollout.play(recordingInto: flight)
      if let flight, pictures { try draw(flight) }
      returns.append(outcome.totalReward)
      fastestTurn = max(fastestTurn, outcome.fastestTurn)
      table.append([
        "\(episode)", "\(outcome.length)", String(format: "%.4f", outcome.totalReward),
        outcome.ending,
      ])
    }
    if let note = task.setup.energyNote(onTurningAt: fastestTurn) {
      standardError("\(name): a drone \(note)")
    }
    try standardOutput(table.text)
    let mean = returns.reduce(0, +) / Double(returns.count)
    try standardOutput(String(format: "mean return %.4f", mean))
    if let folder {
      let last = episodes > 1 ? " to \(folder.file("episode-\(episodes - 1)"))" : ""
      try standardOutput("recorded in \(folder.file("episode-0"))\(last)")
    }
  }

  private func draw(_ flight: RunFolder) throws {
    do { try FlightPictures.write(into: flight) } catch { throw CommandFailure(error) }
  }
}
