import ArgumentParser
import Foundation
import Pictures
import Swiftlet

/// `swiftlet evaluate`.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Say what a learned policy is worth.",
    discussion: """
      Plays the policy's likeliest actions in the task that it learned, as its file has it; --set \
      changes that, to another model too, but for what the policy sees and does. A drone succeeds if it has \
      done what it was to do when its episode ends; to hover or follow, that is to be within 0.1 m \
      of its goal when time is up. It crashes if its episode ends before its time without that: by a \
      touch, upside down, or out of bounds.

      --pilot has others fly some of the drones: another policy, PID control that knows the goal, chance, or the \
      actions that a recorded episode has in its actions.csv. The line of results is then of the policy's own drones.

      With --record each episode is a flight of its own, in DIR/episode-0 and so on: trajectory.csv, actions.csv, \
      metadata.json, plots.svg and replay.html, for 'swiftlet plot', 'compare', 'picture' and 'view'.

      EXAMPLES:
        swiftlet evaluate hover
        swiftlet evaluate runs/train-hover-20260102-030405/best.safetensors --episodes 1000
        swiftlet evaluate trajectory --episodes 3 --record runs/eights
        swiftlet evaluate hover --set wind.mean=[2,0,0] --set randomisation.mass=[0.8,1.2]
        swiftlet evaluate hover --set model=cf2p
        swiftlet evaluate runs/pursuers --pilot 2=runs/evader
        swiftlet evaluate multi-hover --pilot 1=random --record runs/flights
        swiftlet evaluate multi-hover --pilot 1=runs/flights/episode-0/actions.csv
        swiftlet evaluate --all --episodes 1000
        swiftlet evaluate any-airframe --strangers 50
      """)

  @Argument(
    help: "A policy file, or the name of a policy that comes with the package.",
    completion: .file(extensions: ["safetensors"]))
  var policy: String?

  @Flag(help: "Evaluate all policies that come with the package.")
  var all = false

  @Option(parsing: .unconditional, help: "How many episodes to play.")
  var episodes = 100

  @Option(parsing: .unconditional, help: "Where random numbers start.")
  var seed: UInt64 = 0

  @OptionGroup var options: TaskOptions

  @OptionGroup var pilotOptions: PilotOptions

  @Option(
    help: ArgumentHelp("A new folder, for a flight of each episode.", valueName: "dir"),
    completion: .directory)
  var record: String?

  @Flag(inversion: .prefixedNo, help: "Draw the recorded episodes.")
  var pictures = true

  @Option(
    parsing: .unconditional,
    help: """
      For a policy that flies any airframe: fly each model of the package, and so many airframes that no training \
      draws, beside pid and geometric, which know what they fly.
      """)
  var strangers: Int?

  @Flag(help: "Print the result as JSON.")
  var json = false

  func validate() throws {
    guard (1...1_000_000).contains(episodes) else {
      throw ValidationError("--episodes takes a number from 1 to 1000000, not \(episodes).")
    }
    guard all != (policy != nil) else {
      throw ValidationError(
        all ? "--all takes no policy beside it." : "Name a policy to evaluate, or say --all.")
    }
    guard !all || record == nil else { throw ValidationError("--all records no flights.") }
    guard !all || pilotOptions.settings.isEmpty else {
      throw ValidationError("--all takes no pilots.")
    }
    guard strangers.map({ (1...10_000).contains($0) }) ?? true else {
      throw ValidationError("--strangers takes a number from 1 to 10000, not \(strangers ?? 0).")
    }
    let standsAlone =
      !all && !json && record == nil && options.all.isEmpty && pilotOptions.settings.isEmpty
    guard strangers == nil || standsAlone else {
      throw ValidationError(
        "--strangers stands without --all, --json, --record, --set, --drones and --pilot.")
    }
  }

  func run() throws {
    guard let policy else { return try reportAll() }
    if let strangers { return try report(policy, among: strangers) }
    let result = try evaluate(named: policy)
    if json { try printJSON(result) } else { try standardOutput(result.text) }
  }

  private func reportAll() throws {
    let scores = try TrainedPolicy.names.map { name in
      try PolicyScore(name, TrainedPolicy.load(name), evaluate(named: name))
    }
    if json { try printJSON(scores) } else { try standardOutput(scores.text) }
  }

  private func report(_ name: String, among strangers: Int) throws {
    let table = try explaining(name) {
      try AirframeTable(TrainedPolicy.load(name), strangers: strangers)
    }
    try standardOutput(table.text)
  }

  private func evaluate(named name: String) throws -> TrialResult {
    try explaining(name) {
      let policy = try TrainedPolicy.load(name)
      let task = policy.metadata["task"] ?? ""
      guard TaskCatalogue.standard[task] != nil else {
        throw CommandFailure.input(
          "\(name): it learned '\(task.excerpt)', and there is no such task here")
      }
      let specification = try TrainedPolicy.task(of: policy, from: name, settings: options.all)
      for difference in try TaskSignature(of: specification.task, named: task).check(
        policy, isAdjusted: !options.all.isEmpty)
      {
        standardError("\(name): \(difference)")
      }
      let result = try evaluate(policy, in: specification.task, named: task)
      if let note = result.note { standardError("\(name): a drone \(note)") }
      return result
    }
  }

  /// Does something with a policy, and names it where that cannot be done.
  private func explaining<Value>(_ name: String, _ work: () throws -> Value) throws -> Value {
    do { return try work() } catch let error as InvalidConfiguration {
      throw CommandFailure.input(error.description)
    } catch let error as TrainingError {
      throw CommandFailure.input("\(name): \(error)")
    } catch let error as LearningError {
      throw CommandFailure.input(error.description)
    } catch { throw CommandFailure(error) ?? error }
  }

  private func evaluate(
    _ policy: Policy, in task: some DroneTask, named name: String
  ) throws -> TrialResult {
    let pilots = try pilotOptions.pilots(of: task, named: name)
    if let record {
      let folder = try RunFolder(at: record)
      return TrialResult(
        joining: try (0..<episodes).map { episode in
          try play(policy, in: task, named: name, pilots, episode: episode, recordingInto: folder)
        })
    }
    // By the thousand, so that a million episodes do not ask for as many worlds at once.
    return TrialResult(
      joining: try stride(from: 0, to: episodes, by: 1000).map { first in
        var trial = try PolicyTrial(
          task, episodes: first..<min(first + 1000, episodes), seed: seed, pool: ThreadPool(),
          pilots: pilots)
        return try trial.run(policy)
      })
  }

  private func play(
    _ policy: Policy, in task: some DroneTask, named name: String, _ pilots: Pilots, episode: Int,
    recordingInto folder: RunFolder
  ) throws -> TrialResult {
    var trial = try PolicyTrial(
      task, episodes: episode..<episode + 1, seed: seed, pool: ThreadPool(threads: 1),
      pilots: pilots)
    let flight = try RunFolder(at: folder.file("episode-\(episode)"))
    var instants = try InstantWriter(of: task.setup, in: flight)
    var actions = try ActionWriter(in: flight, of: task.setup)
    let number = EpisodeMetadata.Episode(
      of: name, by: self.policy ?? name, seed: seed, number: episode)
    var metadata: EpisodeMetadata?
    let result = try trial.run(policy) { environment, batch in
      // Where drones and obstacles are at the start.
      if metadata == nil { metadata = environment.metadata(of: number) }
      try instants.append(environment.instant())
      try actions.append(batch)
    }
    try instants.finish()
    try actions.finish()
    if let metadata { try writeMetadata(metadata, to: flight.file(EpisodeMetadata.fileName)) }
    if pictures { try FlightPictures.write(into: flight) }
    return result
  }
}
