import Foundation
import Learning
import Parameters
import Tasks
import TestSupport
import Testing
import Training
import Workers

/// A training run of some hundred steps, which learns nothing worth knowing.
private func tiny(_ task: String, droneCount: Int = 1, seed: UInt64 = 0) -> TrainingConfiguration {
  var configuration = TrainingConfiguration.standard(for: task, droneCount: droneCount)
  configuration.seed = seed
  configuration.environmentCount = 8
  configuration.evaluationEpisodes = 2
  configuration.target = nil
  configuration.options.horizon = 16
  configuration.options.totalSteps = 8 * 16 * 4
  return configuration
}

struct TrainingRunTests {
  @Test("every task can be learned", arguments: TaskCatalogue.standard.names)
  func everyTaskCanBeLearned(name: String) throws {
    let task = try #require(TaskCatalogue.standard[name]).task()
    let folder = try TemporaryFolder()
    var configuration = tiny(name, droneCount: task.agentCount)
    configuration.options.totalSteps = 8 * 16
    let summary = try train(task, configuration, in: folder.run("a"))
    #expect(summary?.stepCount == 128)
    let policy = try Policy(contentsOf: folder.path + "/a/best.safetensors")
    #expect(policy.metadata["task"] == name)
  }

  private func train(
    _ task: some DroneTask, _ configuration: TrainingConfiguration, in folder: TrainingFolder,
    resumes: Bool = false, threads: Int = 1, iterations: Int = .max
  ) throws -> TrainingSummary? {
    var run = try TrainingRun(
      task, configuration, in: folder, resumes: resumes, pool: ThreadPool(threads: threads))
    let last = resumes ? Int.max : iterations
    return try run.train { $0.learning.iteration < last }
  }

  /// The rows of a run's table without the seconds, which nothing decides.
  private func rows(_ folder: TrainingFolder) throws -> [[Substring]] {
    try String(contentsOfFile: folder.table, encoding: .utf8).split(separator: "\n").map { row in
      var cells = row.split(separator: ",", omittingEmptySubsequences: false)
      cells.remove(at: 1)
      return cells
    }
  }

  @Test("one thread and two leave the same files", arguments: ["trajectory", "gpd-multi-hover-1d"])
  func threadsDoNotMatter(name: String) throws {
    let task = try #require(TaskCatalogue.standard[name]).task()
    let folder = try TemporaryFolder()
    let (one, two) = (try folder.run("one"), try folder.run("two"))
    let configuration = tiny(name, droneCount: task.agentCount)
    _ = try train(task, configuration, in: one, threads: 1)
    _ = try train(task, configuration, in: two, threads: 2)
    for file in [\TrainingFolder.best, \.last] {
      #expect(try Policy(contentsOf: one[keyPath: file]) == Policy(contentsOf: two[keyPath: file]))
    }
    #expect(try rows(one) == rows(two))
  }

  @Test(
    "a run that was stopped goes on as if it had not been", arguments: ["flock", "gate-racing"],
    1...3)
  func resumingChangesNothing(name: String, iterations: Int) throws {
    let folder = try TemporaryFolder()
    let (whole, parts) = (try folder.run("whole"), try folder.run("parts"))
    let task = try #require(TaskCatalogue.standard[name]).task()
    let configuration = tiny(name, droneCount: task.agentCount, seed: 3)
    _ = try train(task, configuration, in: whole)
    #expect(try train(task, configuration, in: parts, iterations: iterations) == nil)
    let kept = try parts.readConfiguration()
    #expect(kept == configuration)
    #expect(try train(task, kept, in: parts, resumes: true)?.stepCount == 512)
    #expect(try Policy(contentsOf: whole.last) == Policy(contentsOf: parts.last))
    #expect(try Policy(contentsOf: whole.best) == Policy(contentsOf: parts.best))
    #expect(try rows(whole) == rows(parts))
  }

  @Test("training ends when an evaluation reaches the target")
  func targetEndsTraining() throws {
    let folder = try TemporaryFolder()
    var configuration = tiny("hover")
    configuration.target = 0
    configuration.evaluationInterval = 2
    let summary = try train(HoverTask(), configuration, in: folder.run("a"))
    #expect(summary?.stepCount == 256 && summary?.hasReachedTarget == true)
  }
}

struct PolicyTrialTests {
  @Test("an episode goes the same whatever the number of episodes")
  func episodesAreAlone() throws {
    func returns(_ episodes: Range<Int>) throws -> [Double] {
      var trial = try PolicyTrial(
        TrajectoryTask(), episodes: episodes, seed: 4, pool: ThreadPool(threads: 1))
      return try trial.run(nil).returns
    }
    let all = try returns(0..<9)
    #expect(try returns(0..<3) == Array(all[..<3]))
    #expect(try returns(7..<9) == Array(all[7...]))
    #expect(Set(all).count > 1)
  }

  /// 333.8626 over 242 steps is what gym-pybullet-drones pays for zero actions.
  @Test("zero actions in the peer's hover gain what they gain there")
  func zeroActions() throws {
    var trial = try PolicyTrial(
      GPDHoverTask.hover(), episodes: 0..<2, seed: 0, pool: ThreadPool(threads: 1))
    let result = try trial.run(nil)
    #expect(result.returns.allSatisfy { abs($0 - 333.8626) < 1e-4 })
    #expect(result.meanLength == 242 && result.crashRate == 0 && result.successRate == 0)
  }
}
