import Drone
import Foundation
import Gym
import Learning
import TaskFiles
import Tasks
import TestSupport
import Testing
import Training
import Workers

/// Policies as files for other programs.
struct PolicyExportTests {
  /// The bound that Documentation/Export.md states for a policy, of −1 to 1.
  private static func roundingBound(of name: String) -> Double {
    ["any-airframe", "gate-racing", "swarm-swap", "velocity"].contains(name) ? 0.15 : 0.05
  }

  /// How a header says what an action is.
  private static func words(for setup: TaskSetup) -> String {
    let hover = setup.model.name == "cf2x" ? "14468.4" : "19278.4"
    return switch setup.actionMode {
    case .rotorSpeeds(let authority): "\(hover) rpm (1 + \(authority) ai)"
    case .collective(let authority): "\(hover) rpm (1 + \(authority) a0)"
    case .wholeRange: "26236 rpm (1 + ai) / 2"
    case .throttles: "26236 rpm (1 + ai) / 2"
    case let mode: mode.description
    }
  }

  private func header(
    of policy: Policy, network: Int, weights: CSource.Weights = .float
  ) throws -> (text: String, report: PolicyExport.Report) {
    let folder = try TemporaryFolder()
    let path = folder.path("own-policy.h")
    let report = try PolicyExport(policy, to: path, network: network, weights: weights).write()
    return (try contents(path), report)
  }

  @Test("a header says what each number means", arguments: TrainedPolicy.names)
  func saysWhatNumbersMean(name: String) throws {
    let policy = try TrainedPolicy.load(name)
    let text = try header(of: policy, network: policy.networkCount - 1).text
    let task = try TrainedPolicy.task(of: policy, from: name).task
    try #require(task.observationColumns.count > 1)
    // Lines that are too long go on below.
    let whole = text.replacing("\n//" + String(repeating: " ", count: 14), with: " ")
    for line in (task.observationColumns + task.actionColumns).lines {
      #expect(whole.contains("\n// \(line)\n"))
    }
    for word in [
      "OWN_POLICY_RATE = \(task.setup.controlFrequency)",
      "OWN_POLICY_OBSERVATION_COUNT = \(policy.observationSpace.count)",
      "static inline void own_policy_act(", "\(task.setup.controlFrequency) times a second",
      "Drone: \(task.setup.model.name)", Self.words(for: task.setup),
    ] {
      #expect(text.contains(word), "\(word)")
    }
    #expect(text.split(separator: "\n").allSatisfy { $0.count < 130 })
  }

  @Test("what 8 bits change is stated, and holds in other flights", arguments: TrainedPolicy.names)
  func roundingIsBounded(name: String) throws {
    let policy = try TrainedPolicy.load(name)
    let task = try TrainedPolicy.task(of: policy, from: name).task
    for network in 0..<policy.networkCount {
      let (text, report) = try header(of: policy, network: network, weights: .int8)
      let stated = try #require(report.rounding)
      #expect(text.contains("Over \(stated.observationCount) observations"))
      #expect(stated.observationCount > 5000)
      #expect(stated.rootMeanSquare > 1e-4 && stated.rootMeanSquare < stated.largest)
      func measured(in task: some DroneTask, seed: UInt64) throws -> RoundingDifference {
        try RoundingDifference(
          of: policy, network: network, in: task, seed: seed, pool: ThreadPool())
      }
      for seed in 1..<4 as Range<UInt64> {
        let other = try measured(in: task, seed: seed)
        #expect(other.largest <= Self.roundingBound(of: name), "network \(network), seed \(seed)")
        #expect(abs(other.rootMeanSquare / stated.rootMeanSquare - 1) < 0.1, "seed \(seed)")
      }
    }
  }

  @Test("refuses what a file cannot be or hold, in a sentence")
  func refusals() throws {
    let policy = try TrainedPolicy.load("hover")
    func fault(_ path: String, weights: CSource.Weights = .float, name: String? = nil) -> String {
      do {
        _ = try PolicyExport(policy, to: path, weights: weights, name: name)
        return ""
      } catch { return "\(error)" }
    }
    #expect(
      fault("a.txt")
        == "a.txt: the name of the file says what to write; expected one that ends with .onnx or .h"
    )
    #expect(
      fault("a.onnx", weights: .int8) == "a.onnx: weights of 8 bits are for headers of C (.h)")
    #expect(fault("a.onnx", name: "a") == "a.onnx: a name is for headers of C (.h)")
    #expect(fault("a.h", weights: .int8, name: "a") == "")
  }

  @Test("a policy of a task that is not there is no header, but ONNX")
  func unknownTask() throws {
    var policy = try TrainedPolicy.load("hover")
    policy.metadata["task"] = "dance"
    let folder = try TemporaryFolder()
    #expect(throws: TrainingError.self) {
      try PolicyExport(policy, to: folder.path("dance.h")).write()
    }
    #expect(folder.contents.isEmpty)
    try PolicyExport(policy, to: folder.path("dance.onnx")).write()
    #expect(folder.contents == ["dance.onnx"])
  }

  @Test("a name that is none in C is made one")
  func names() throws {
    let policy = try TrainedPolicy.load("hover")
    let folder = try TemporaryFolder()
    for (file, prefix) in [("7-up.h", "policy_7_up"), ("a b.c.h", "a_b_c"), ("ü.h", "policy__")] {
      try PolicyExport(policy, to: folder.path(file)).write()
      #expect(try contents(folder.path(file)).contains("void \(prefix)_act("), "\(file)")
    }
  }
}
