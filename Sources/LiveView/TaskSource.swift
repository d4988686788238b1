package import Control
package import Foundation
import Drone
import Gym
package import Learning
import Recording
import Scenario
import Simulation
import SpatialMath
package import Tasks
import Training

/// Who flies the drones of a task.
package enum TaskPilot: Sendable {
  /// A policy that has learnt nothing.
  case rule(TaskPolicy)
  /// A policy that has learnt the task.
  case learned(Policy, name: String)
  /// A person the first drone, and PID control the others.
  case human

  /// What recordings call it.
  var name: String {
    switch self {
    case .rule(let policy): policy.rawValue
    case .learned(_, let name): name
    case .human: "human"
    }
  }
}

/// A task that is played one episode after the other.
package struct TaskSource<Task: DroneTask>: LiveSource {
  package let name: String
  package let metadata: Data
  private let task: Task
  private let pilot: TaskPilot
  private let seed: UInt64
  private let record: String?

  /// A task to be played.
  ///
  /// - Parameters:
  ///   - task: The task.
  ///   - name: What it is called.
  ///   - pilot: Who flies.
  ///   - seed: Where random numbers start; each episode has a stream of its own.
  ///   - record: A new folder, for a flight of each episode; `nil` to record nothing.
  /// - Throws: ``TaskError`` if the task cannot be played, ``LearningError`` or ``TrainingError`` if the policy
  ///   does not fit.
  package init(
    _ task: Task, named name: String, by pilot: TaskPilot, seed: UInt64 = 0, record: String? = nil
  ) throws {
    var task = task
    if case .human = pilot { task.setup.actionMode = .wholeRange }
    if case .learned(let policy, _) = pilot {
      try TaskSignature(of: task, named: name).check(policy, isAdjusted: true)
    }
    (self.task, self.name, self.pilot) = (task, name, pilot)
    (self.seed, self.record) = (seed, record)
    let first = try TaskRun(task, by: pilot, EpisodePlace(name: name, seed: seed, number: 0))
    metadata = (try? JSONEncoder().encode(first.metadata)) ?? Data("{}".utf8)
  }

  package var weights: [Double] {
    Array(repeating: task.setup.model.mass * task.setup.physics.gravity, count: task.agentCount)
  }
  package var people: [Int: Sticks.Mode] { if case .human = pilot { [0: .position] } else { [:] } }
  package var movers: [Int] { task.setup.movingObstacles }
  package var takesPushes: Bool { false }

  package func start(_ number: Int) throws -> any LiveRun {
    let folder = try record.map { try RunFolder(at: "\($0)/episode-\(number)") }
    return try TaskRun(
      task, by: pilot, EpisodePlace(name: name, seed: seed, number: number), folder: folder)
  }
}

/// Which episode of which task it is.
struct EpisodePlace {
  let name: String
  let seed: UInt64
  let number: Int
}

/// An episode of a task, recorded where a folder is given.
final class TaskRun<Task: DroneTask>: LiveRun {
  let period: Double
  let metadata: EpisodeMetadata
  private var environment: TaskEnvironment<Task>
  private var batch: StepBatch
  private var actor: TaskActor<Task>
  private var writer: InstantWriter?
  private var sticks: NumberWriter?
  private let folder: RunFolder?
  private var totalReward = 0.0

  init(
    _ task: Task, by pilot: TaskPilot, _ place: EpisodePlace, folder: RunFolder? = nil
  ) throws {
    var environment = try TaskEnvironment(task, count: 1, autoresetMode: .disabled)
    var batch = StepBatch(layout: environment.layout)
    let seeds = environmentSeeds(from: place.seed, count: place.number + 1)
    try environment.reset(seeds: [seeds[place.number]], where: nil, into: &batch)
    metadata = environment.metadata(
      of: .init(of: place.name, by: pilot.name, seed: place.seed, number: place.number))
    actor = try TaskActor(pilot, of: environment, seed: place.seed)
    period = task.setup.period
    self.environment = environment
    self.batch = batch
    self.folder = folder
    guard let folder else { return }
    try writeMetadata(metadata, to: folder.file(EpisodeMetadata.fileName))
    var writer = try InstantWriter(of: task.setup, in: folder)
    try writer.append(self.environment.instant())
    self.writer = consume writer
    guard case .human = pilot else { return }
    sticks = try NumberWriter(
      named: SticksRecording.fileName, in: folder, columns: SticksRecording.columns.map(\.name))
  }

  var time: Double { environment.episode(of: 0).time }
  var instant: FlightInstant { environment.instant() }

  func advance() throws -> LiveStep {
    actor.act(in: environment, batch: &batch)
    try sticks?.append(actor.takeStickRows())
    try environment.step(&batch)
    try writer?.append(environment.instant())
    var isOver = true
    let rows = batch.layout.rowCount
    for row in 0..<rows where batch.participations[row] {
      guard batch.rewards[row].isFinite else { return .broken }
      totalReward += Double(batch.rewards[row]) / Double(rows)
      if !batch.terminations[row], !batch.truncations[row] { isOver = false }
    }
    guard isOver else { return .going }
    let words = String(
      format: "an episode of %d steps, return %.4f", environment.episode(of: 0).stepCount,
      totalReward)
    return .over(words)
  }

  func push(_ drone: Int, force: Vector<World, Double>) {}
  func fly(_ drone: Int, by sticks: Sticks?) { actor.fly(by: sticks) }

  func finish() throws -> String? {
    if let sticks = sticks.take() { try sticks.finish() }
    guard let writer = writer.take() else { return nil }
    try writer.finish()
    return folder?.path
  }
}
