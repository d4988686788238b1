import Foundation
import Gym
import Learning
import Randomness
import TestSupport
import Testing

struct ONNXTests {
  private static let fixtures = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("Fixtures").path
  private static let python = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent(".build/onnxruntime").path

  private func run(_ command: [String]) throws -> (status: Int32, output: Data) {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }

  private func actions(of policy: Policy, on observations: [Float]) throws -> [Float] {
    var player = try PolicyPlayer(policy, agentCount: 50)
    var actions = [Float](repeating: 0, count: 50)
    var span = actions.mutableSpan
    player.act(on: observations.span, into: &span)
    return actions
  }

  /// Both sum in single precision, in other orders, and have other approximations of tanh.
  @Test("onnxruntime gives the actions of the policy")
  func actionsAgree() throws {
    guard try run([Self.fixtures + "/install_onnxruntime", Self.python]).status == 0 else {
      print("NOT CHECKED: onnxruntime cannot be fetched, so no exported model was run with it.")
      return
    }
    for squashes in [false, true] {
      let folder = try TemporaryFolder()
      let policy = try somePolicy(squashes: squashes)
      try policy.writeONNX(to: folder.path("policy.onnx"))
      var random = SplitMix64(seed: 1)
      let rows = (0..<50).map { _ in (0..<3).map { _ in Float(random.uniform(in: -3...3)) } }
      try JSONEncoder().encode(rows).write(to: URL(fileURLWithPath: folder.path("inputs")))
      let (status, output) = try run([
        Self.python + "/bin/python", Self.fixtures + "/evaluate_onnx.py",
        folder.path("policy.onnx"), folder.path("inputs"),
      ])
      try #require(status == 0)
      let expected = try JSONDecoder().decode([[Float]].self, from: output)
      for (action, other) in zip(try actions(of: policy, on: rows.flatMap { $0 }), expected) {
        #expect(abs(action - other[0]) < 1e-5)
      }
    }
  }
}
