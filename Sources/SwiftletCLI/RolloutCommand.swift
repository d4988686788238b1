import ArgumentParser
import Foundation
import Swiftlet

/// `swiftlet rollout`.
struct RolloutCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollout", abstract: "Play a task by a policy that has learnt nothing.",
    discussion: """
      EXAMPLES:
        swiftlet rollout hover --policy pid
        swiftlet rollout gate-racing --policy random --episodes 10 --record runs/racing
        swiftlet rollout vision-hover --episodes 1 --save-frames runs/frames
      """)

  @Argument(help: "The task; 'swiftlet tasks' lists them.")
  var name: String

  @Option(
    help: "Who chooses the actions: \(TaskPolicy.allCases.map(\.rawValue).joined(separator: ", "))."
  )
  var policy = "pid"

  @Option(help: "How many episodes to play.")
  var episodes = 3

  @Option(help: "Where random numbers start.")
  var seed: UInt64 = 0

  @Option(help: "A new folder for trajectories, one for each episode.")
  var record: String?

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
    guard TaskPolicy(rawValue: policy) != nil else {
      let names = TaskPolicy.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--policy takes one of \(names), not '\(policy)'.")
    }
  }

  func run() throws {
    do {
      try play(try task(named: name))
    } catch let error as TaskError {
      throw CommandFailure.input("\(name): \(error)")
    } catch let error as GymError {
      throw CommandFailure.check("\(name): \(error)")
    } catch let error as RecordingError {
      if case .refused = error { throw CommandFailure.output(error.description) }
      throw CommandFailure.input(error.description)
    }
  }

  private func play(_ task: some DroneTask) throws {
    let folder = try record.map { path throws(RecordingError) in try RunFolder(at: path) }
    let frames = try saveFrames.map { try FrameSaver(task, folder: RunFolder(at: $0)) }
    var rollout = try Rollout(
      task, policy: TaskPolicy(rawValue: policy) ?? .zero, seed: seed, frames: frames)
    var table = TextTable(["episode", "steps", "return", "end"])
    var returns: [Double] = []
    for episode in 0..<episodes {
      let path = folder?.file("episode-\(episode)")
      let outcome = try rollout.play(recordingInto: path)
      returns.append(outcome.totalReward)
      table.append([
        "\(episode)", "\(outcome.length)", String(format: "%.4f", outcome.totalReward),
        outcome.ending,
      ])
    }
    print(table.text)
    let mean = returns.reduce(0, +) / Double(returns.count)
    print(String(format: "mean return %.4f", mean))
  }
}
