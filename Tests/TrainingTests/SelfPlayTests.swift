import Foundation
import Learning
import Tasks
import TestSupport
import Testing
import Training
import Workers

/// Policies that play against their own past, and beside others.
struct SelfPlayTests {
  @Test(
    "the pool holds policies of all times, the first among them, and never too many",
    arguments: [2, 3, 5, 8])
  func pool(capacity: Int) throws {
    var selfPlay = SelfPlay()
    (selfPlay.interval, selfPlay.capacity) = (3, capacity)
    for iteration in 0..<300 {
      let kept = Array(selfPlay.kept(by: iteration))
      #expect(kept.first == 0 && kept.count <= capacity)
      // All that is wanted was kept when it was the newest.
      #expect(kept.allSatisfy { Array(selfPlay.kept(by: $0)).last == $0 })
      let gaps = zip(kept, kept.dropFirst()).map { $1 - $0 }
      #expect(Set(gaps).count <= 1)
      #expect(iteration < 3 * capacity || 2 * kept.count >= capacity, "\(iteration): \(kept)")
    }
  }

  /// Some iterations of a game, with a pool that is soon too full.
  private func tiny(_ change: (inout TrainingConfiguration) -> Void = { _ in })
    -> TrainingConfiguration
  {
    var configuration = TrainingConfiguration.standard(for: "pursuit-evasion", droneCount: 3)
    configuration.environmentCount = 6
    configuration.evaluationEpisodes = 2
    configuration.options.horizon = 24
    configuration.options.minibatchCount = 4
    configuration.options.totalSteps = 6 * 24 * 9
    configuration.selfPlay?.interval = 1
    configuration.selfPlay?.capacity = 3
    change(&configuration)
    return configuration
  }

  private func train(
    _ configuration: TrainingConfiguration, in folder: TrainingFolder, resumes: Bool = false,
    threads: Int = 1, iterations: Int = .max
  ) throws -> TrainingSummary? {
    var task = PursuitEvasionTask()
    task.setup.timeLimit = 0.5
    var run = try TrainingRun(
      task, configuration, in: folder, resumes: resumes, pool: ThreadPool(threads: threads))
    return try run.train { resumes || $0.learning.iteration < iterations }
  }

  @Test("one thread and two leave the same policies, those of the pool too")
  func threadsDoNotMatter() throws {
    let folder = try TemporaryFolder()
    let (one, two) = (try folder.run("one"), try folder.run("two"))
    _ = try train(tiny(), in: one, threads: 1)
    _ = try train(tiny(), in: two, threads: 2)
    let pool = folder.contents.filter { $0.hasPrefix("one/pool/") }
    #expect(pool.count > 4)
    for file in pool + ["one/last.safetensors", "one/best.safetensors"] {
      let other = file.replacing("one/", with: "two/")
      #expect(try Policy(contentsOf: folder.path(file)) == Policy(contentsOf: folder.path(other)))
    }
  }

  @Test(
    "a run that was stopped goes on as if it had not been, whatever the pool held", arguments: 1...8
  )
  func resumingChangesNothing(iterations: Int) throws {
    let folder = try TemporaryFolder()
    let (whole, parts) = (try folder.run("whole"), try folder.run("parts"))
    _ = try train(tiny(), in: whole)
    #expect(try train(tiny(), in: parts, iterations: iterations) == nil)
    let kept = try parts.readConfiguration()
    #expect(kept == tiny())
    #expect(try train(kept, in: parts, resumes: true)?.stepCount == 6 * 24 * 9)
    #expect(try Policy(contentsOf: whole.last) == Policy(contentsOf: parts.last))
    #expect(try Policy(contentsOf: whole.best) == Policy(contentsOf: parts.best))
  }

  @Test("past policies matter, and more of them matter otherwise")
  func pastMatters() throws {
    let folder = try TemporaryFolder()
    let shares: [Double?] = [nil, 0.34, 0.67]
    let policies = try shares.enumerated().map { index, share in
      let run = try folder.run("\(index)")
      _ = try train(
        tiny { configuration in
          if let share {
            configuration.selfPlay?.share = share
          } else {
            configuration.selfPlay = nil
          }
        }, in: run)
      return try Policy(contentsOf: run.last)
    }
    #expect(policies[0] != policies[1] && policies[1] != policies[2])
  }

  @Test("beside other pilots a run goes on from its own copies of them")
  func pilotsAreKept() throws {
    let folder = try TemporaryFolder()
    let (whole, parts) = (try folder.run("whole"), try folder.run("parts"))
    let other = folder.path("other.safetensors")
    try PilotsTests.policy(of: PursuitEvasionTask(), named: "pursuit-evasion").write(to: other)
    let configuration = tiny {
      ($0.selfPlay, $0.pilots) = (nil, ["2=\(other)", "1=random:3"])
      $0.options.networks = .shared
    }
    _ = try train(configuration, in: whole)
    #expect(try train(configuration, in: parts, iterations: 4) == nil)
    try FileManager.default.removeItem(atPath: other)
    let kept = try parts.readConfiguration()
    #expect(kept.pilots == ["0=learner", "1=random:3", "2=pilots/drone-2.safetensors"])
    #expect(try train(kept, in: parts, resumes: true) != nil)
    #expect(try Policy(contentsOf: whole.last) == Policy(contentsOf: parts.last))
  }

  @Test("a game against the past needs teams, all drones, and no target")
  func refusals() throws {
    let folder = try TemporaryFolder()
    #expect(throws: TrainingError.self) { try tiny { $0.target = 1 }.validate() }
    #expect(throws: TrainingError.self) { try tiny { $0.pilots = ["1=pid"] }.validate() }
    for share in [0, 1, -1, .nan] {
      #expect(throws: TrainingError.self) { try tiny { $0.selfPlay?.share = share }.validate() }
    }
    var configuration = TrainingConfiguration.standard(for: "multi-hover", droneCount: 2)
    (configuration.target, configuration.selfPlay) = (nil, SelfPlay())
    let error = #expect(throws: TrainingError.self) {
      _ = try TrainingRun(
        MultiHoverTask(), configuration, in: folder.run("a"), pool: ThreadPool(threads: 1))
    }
    #expect("\(error as Any)".contains("there are no teams"))
  }
}
