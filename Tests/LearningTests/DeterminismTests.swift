import Gym
import GymAdapters
import GymTesting
import Learning
import TestSupport
import Testing
import Workers

struct DeterminismTests {
  private var options: PPOOptions {
    var options = PPOOptions()
    options.totalSteps = 64 * 32 * 6
    options.epochCount = 2
    options.minibatchCount = 2
    return options
  }

  private func learned(seed: UInt64, options: PPOOptions, threads: Int) throws -> Policy {
    var ppo = try PPO(
      SyncVectorEnvironment(Corridor(), count: 64), options: options, seed: seed,
      pool: ThreadPool(threads: threads))
    while !ppo.isFinished { try ppo.iterate() }
    return ppo.policy()
  }

  @Test(
    "the same seed gives the same weights on any number of threads",
    arguments: PPOOptions.Critic.allCases)
  func threadsDoNotMatter(critic: PPOOptions.Critic) throws {
    var options = options
    options.critic = critic
    let first = try learned(seed: 4, options: options, threads: 1)
    #expect(try learned(seed: 4, options: options, threads: 3) == first)
    #expect(try learned(seed: 5, options: options, threads: 1) != first)
  }

  @Test("a run that was interrupted ends with the weights of one that was not", arguments: 1...5)
  func resumingChangesNothing(interruption: Int) throws {
    let folder = try TemporaryFolder()
    let expected = try learned(seed: 8, options: options, threads: 2)
    let path = folder.path("checkpoint.safetensors")
    var first = try PPO(
      SyncVectorEnvironment(Corridor(), count: 64), options: options, seed: 8,
      pool: ThreadPool(threads: 2))
    for _ in 0..<interruption { try first.iterate() }
    try first.writeCheckpoint(to: path)
    var second = try PPO.resume(from: path, SyncVectorEnvironment(Corridor(), count: 64))
    #expect(second.progress.iteration == interruption)
    while !second.isFinished { try second.iterate() }
    #expect(second.policy() == expected)
  }

  @Test("a checkpoint of another kind of environment, or a policy, is refused")
  func foreignCheckpointsAreRefused() throws {
    let folder = try TemporaryFolder()
    let ppo = try PPO(SyncVectorEnvironment(Corridor(), count: 8), options: options, seed: 8)
    try ppo.writeCheckpoint(to: folder.path("a"))
    try ppo.policy().write(to: folder.path("b"))
    func reason(_ path: String, count: Int) -> String {
      do {
        _ = try PPO.resume(from: path, SyncVectorEnvironment(Corridor(), count: count))
        return "accepted"
      } catch { return "\(error)" }
    }
    #expect(reason(folder.path("a"), count: 9).hasSuffix("it is of another batch"))
    #expect(reason(folder.path("b"), count: 8).hasSuffix("it is no checkpoint"))
    #expect(throws: LearningError.self) {
      _ = try PPO.resume(from: folder.path("a"), SyncVectorEnvironment(Pendulum(), count: 16))
    }
    // An option that is out of range in the file is told with the file.
    do {
      _ = try PPO.resume(
        from: folder.path("a"), SyncVectorEnvironment(Corridor(), count: 8), totalSteps: -1)
      Issue.record("accepted")
    } catch {
      #expect(
        "\(error)" == "\(folder.path("a")): totalSteps must be from 1 to 1000000000000000, not -1")
    }
  }
}

struct OptionTests {
  @Test("options that make no sense are refused by name")
  func badOptionsAreRefused() {
    func reason(_ change: (inout PPOOptions) -> Void) -> String {
      var options = PPOOptions()
      change(&options)
      do {
        _ = try PPO(SyncVectorEnvironment(Pendulum(), count: 1), options: options, seed: 0)
        return "accepted"
      } catch { return "\(error)" }
    }
    #expect(reason { $0.learningRate = .nan } == "learningRate must be above 0, not nan")
    #expect(reason { $0.discount = 1.5 } == "discount must be from 0 to 1, not 1.5")
    #expect(reason { $0.hiddenSizes = [0] } == "hiddenSizes must be from 1 to 65536, not 0")
    #expect(
      reason { $0.hiddenSizes = [.max] } == "hiddenSizes must be from 1 to 65536, not \(Int.max)")
    #expect(
      reason { $0.hiddenSizes = [65_536, 65_536] }.hasPrefix(
        "hiddenSizes must make at most 100000000 weights"))
    #expect(
      reason { $0.horizon = .max } == "horizon must be from 1 to 1000000, not \(Int.max)")
    #expect(reason { $0.epochCount = 1_000_000 }.hasPrefix("epochCount must be from 1 to 10000"))
    #expect(
      reason { $0.minibatchCount = 33 }
        == "minibatchCount must be at most the 32 samples of an iteration, not 33")
    #expect(reason { _ in } == "accepted")
  }

  @Test("options are set by name, and refuse what they cannot be")
  func optionsAreSetByName() throws {
    var options = PPOOptions()
    try options.set("learningRate", to: "0.25")
    try options.set("hiddenSizes", to: "[8, 4]")
    try options.set("critic", to: "centralised")
    try options.set("maximumGradientNorm", to: "null")
    try options.set("targetDivergence", to: "0.5")
    #expect(options.learningRate == 0.25 && options.hiddenSizes == [8, 4])
    #expect(options.critic == .centralised && options.maximumGradientNorm == nil)
    #expect(options.targetDivergence == 0.5)
    for (name, text) in [("learningrate", "1"), ("horizon", "1.5"), ("critic", "all"), ("", "")] {
      #expect(throws: LearningError.self, "\(name)") { try options.set(name, to: text) }
    }
  }

  @Test("an environment that does not reset in the same step is refused")
  func otherModesAreRefused() {
    #expect(throws: LearningError.self) {
      _ = try PPO(
        SyncVectorEnvironment(Pendulum(), count: 1, autoresetMode: .nextStep),
        options: PPOOptions(), seed: 0)
    }
  }
}
