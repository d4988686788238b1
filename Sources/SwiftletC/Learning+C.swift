public import CSwiftlet
import Foundation
import Gym
import Learning
import Recording
import TaskFiles
import Tasks
import Training
import Workers

/// Learns a task, until its target is reached or all steps are played.
@c @implementation
public func swiftlet_train(
  _ task: UnsafePointer<CChar>!, _ options: UnsafePointer<CChar>!,
  _ folder: UnsafePointer<CChar>!, _ resumes: Bool, _ threads: Int32,
  _ progress: swiftlet_progress!, _ context: UnsafeMutableRawPointer!,
  _ buffer: UnsafeMutablePointer<CChar>!, _ capacity: Int, _ length: UnsafeMutablePointer<Int>!
) -> swiftlet_status {
  status {
    let path = unsafe try text(folder, "folder")
    let wishes = try TrainingWishes(unsafe options == nil ? "{}" : unsafe text(options, "options"))
    guard 0...1024 ~= threads else {
      throw Failure.argument("threads is \(threads); expected 0 to 1024")
    }
    let pool = ThreadPool(threads: threads == 0 ? nil : Int(threads))
    // unsafe: the caller says that the function and its context are there until the call returns.
    let continues: (TrainingProgress) -> Bool = { state in
      guard let progress = unsafe progress else { return true }
      let words = (try? json(ProgressReport(state))) ?? "{}"
      return unsafe words.withCString { unsafe progress($0, context) }
    }
    let name = unsafe resumes && task == nil ? "" : unsafe try text(task, "task")
    let plan = try TrainingPlan(of: name, wishes, in: path, resumes: resumes)
    let summary = try withExtendedLifetime(plan.lock) { try plan.train(pool, continues) }
    let words = try summary.map { try json($0) } ?? "null"
    unsafe try write(words, to: buffer, capacity: capacity, length: length)
  }
}

/// What is to be otherwise than what suits a task.
private struct TrainingWishes {
  private let values: [String: Any]

  init(_ text: String) throws {
    let object = try? JSONSerialization.jsonObject(with: Data(text.utf8))
    guard let values = object as? [String: Any] else {
      throw Failure.argument("options is not a JSON object such as {\"steps\": 1000000}")
    }
    let names = Self.names + PPOOptions.names
    for name in values.keys.sorted() where !names.contains(name) {
      throw Failure.argument(unknown("option", name, among: names))
    }
    self.values = values
  }

  private static let names = [
    "algorithm", "environments", "seed", "settings", "steps", "survival_bonus", "target",
  ]

  private static func number<T: Numeric>(_ name: String, in values: [String: Any]) throws -> T? {
    guard let value = values[name], !(value is NSNull) else { return nil }
    guard let number = value as? T else {
      throw Failure.argument(
        "\(name) is \(value); expected a \(T.self == Int.self ? "whole " : "")number")
    }
    return number
  }

  /// The task of some name, or in some file, with the settings that are wished.
  func task(_ name: String) throws -> TaskSpecification {
    guard let settings = values["settings"] else {
      return try SwiftletC.task(named: name, settings: nil)
    }
    let data = try JSONSerialization.data(withJSONObject: settings, options: .fragmentsAllowed)
    return try SwiftletC.task(named: name, settings: String(decoding: data, as: UTF8.self))
  }

  /// Puts what is wished in the place of what is usual.
  func adjust(_ configuration: inout TrainingConfiguration) throws {
    for (name, value) in values.sorted(by: { $0.key < $1.key })
    where !Self.names.contains(name) {
      let data = try JSONSerialization.data(withJSONObject: value, options: .fragmentsAllowed)
      try configuration.options.set(name, to: String(decoding: data, as: UTF8.self))
    }
    if let word = values["algorithm"] {
      guard let word = word as? String, ["ppo", "mappo"].contains(word) else {
        throw Failure.argument("algorithm is \(word); expected ppo or mappo")
      }
      configuration.options.critic = word == "mappo" ? .centralised : .independent
    }
    if let seed: Int = try Self.number("seed", in: values) {
      guard seed >= 0 else { throw Failure.argument("seed is \(seed); expected 0 or more") }
      configuration.seed = UInt64(seed)
    }
    if let count: Int = try Self.number("environments", in: values) {
      configuration.environmentCount = count
    }
    if let steps: Int = try Self.number("steps", in: values) {
      configuration.options.totalSteps = steps
    }
    if let bonus: Double = try Self.number("survival_bonus", in: values) {
      configuration.survivalBonus = bonus
    }
    if values["target"] != nil {
      configuration.target = try Self.number("target", in: values)
    }
    try configuration.validate()
  }

  /// Refuses what would make another run of one that goes on.
  func checkGoesOn() throws {
    for name in values.keys.sorted() where !["steps", "target"].contains(name) {
      throw Failure.argument(
        "a run goes on as it began: only steps and target can differ, not \(name)")
    }
  }
}

/// A training run that is about to begin, or to go on.
private struct TrainingPlan {
  private let task: any DroneTask
  private let configuration: TrainingConfiguration
  private let folder: TrainingFolder
  private let resumes: Bool
  /// Keeps other runs out of the folder.
  let lock: RunFolder

  init(of name: String, _ wishes: TrainingWishes, in path: String, resumes: Bool) throws {
    if resumes {
      try wishes.checkGoesOn()
      folder = TrainingFolder(path: path)
      var configuration = try folder.readConfiguration()
      try wishes.adjust(&configuration)
      task = try Self.task(of: configuration, in: path)
      self.configuration = configuration
      lock = try RunFolder(goingOnAt: path)
    } else {
      let specification = try wishes.task(name)
      let task = specification.task
      var configuration = TrainingConfiguration.standard(
        for: specification.name, droneCount: task.agentCount)
      configuration.document = specification.encoded()
      try wishes.adjust(&configuration)
      (self.task, self.configuration) = (task, configuration)
      lock = try RunFolder(at: path)
      folder = TrainingFolder(path: lock.path)
    }
    self.resumes = resumes
  }

  /// The task of a run that has begun.
  private static func task(
    of configuration: TrainingConfiguration, in path: String
  ) throws -> any DroneTask {
    guard let document = configuration.document else {
      return try SwiftletC.task(
        named: configuration.task, settings: "{\"drones\": \(configuration.droneCount)}"
      ).task
    }
    return try TaskSpecification(encoded: document, from: path).task
  }

  func train(
    _ pool: ThreadPool, _ continues: (TrainingProgress) -> Bool
  ) throws -> TrainingSummary? {
    func learn<Task: DroneTask>(_ task: Task) throws -> TrainingSummary? {
      var run = try TrainingRun(task, configuration, in: folder, resumes: resumes, pool: pool)
      return try run.train(continues: continues)
    }
    let task: any DroneTask = self.task
    return try learn(task)
  }
}

/// How far a training run has come, as JSON.
private struct ProgressReport: Encodable {
  let iteration, steps, totalSteps: Int
  let seconds, stepsPerSecond: Double
  let meanReward, meanLength, bestReturn: Double?

  init(_ progress: TrainingProgress) {
    (iteration, steps) = (progress.learning.iteration, progress.learning.stepCount)
    (totalSteps, seconds) = (progress.totalSteps, progress.seconds)
    stepsPerSecond = progress.stepsPerSecond
    (meanReward, meanLength) = (progress.learning.meanReward, progress.learning.meanLength)
    bestReturn = progress.bestReturn
  }
}
