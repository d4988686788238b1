import Foundation
import Gym
import Learning
import Randomness
import TestSupport
import Testing

/// Policies as headers of C99, compiled as firmware would and run on numbers of all kinds.
struct CSourceTests {
  private static let strict = [
    "-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-ffreestanding", "-O2",
  ]

  /// A program that reads observations and writes actions, as they stand in memory.
  private static let program = """
    #include <stdio.h>

    extern void pilot(const float *observation, float *action);
    extern const int observation_count, action_count;

    int main(void) {
      float observation[64], action[64];
      while (fread(observation, sizeof(float), (size_t)observation_count, stdin)) {
        pilot(observation, action);
        fwrite(action, sizeof(float), (size_t)action_count, stdout);
      }
      return 0;
    }
    """

  private static let pilot = """
    #include "policy.h"

    const int observation_count = POLICY_OBSERVATION_COUNT, action_count = POLICY_ACTION_COUNT;
    void pilot(const float *observation, float *action);
    void pilot(const float *observation, float *action) { policy_act(observation, action); }
    """

  private func run(_ command: [String], input: String? = nil) throws -> Data {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardOutput = pipe
    if let input { process.standardInput = FileHandle(forReadingAtPath: input) }
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(command.joined(separator: " "))")
    return output
  }

  /// The actions of the header of a policy, compiled with some options.
  private func actions(
    of source: CSource, on observations: [Float], options: [String] = strict
  ) throws -> [Float] {
    let folder = try TemporaryFolder()
    _ = try folder.write(source.text(notes: ["A policy."], rate: 30), to: "policy.h")
    _ = try folder.write(Self.pilot, to: "pilot.c")
    _ = try folder.write(Self.program, to: "main.c")
    let (object, program) = (folder.path("pilot.o"), folder.path("program"))
    _ = try run(["cc"] + options + ["-c", folder.path("pilot.c"), "-o", object])
    // Nothing is asked of a library, the compiler's own included.
    #expect(try run(["nm", "-u", object]).isEmpty)
    _ = try run(["cc", folder.path("main.c"), object, "-o", program])
    let input = observations.flatMap { number in
      (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) }
    }
    _ = try folder.write(input, to: "input")
    let output = try run([program], input: folder.path("input"))
    return stride(from: 0, to: output.count, by: 4).map { start in
      let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(output[start + $1]) << (8 * UInt32($1)) }
      return Float(bitPattern: bits)
    }
  }

  private func actions(of policy: Policy, on observations: [Float]) throws -> [Float] {
    let rows = observations.count / policy.observationSpace.count
    var player = try PolicyPlayer(policy, agentCount: rows)
    var actions = [Float](repeating: 0, count: rows * policy.actionSpace.count)
    var span = actions.mutableSpan
    player.act(on: observations.span, into: &span)
    return actions
  }

  /// Observations near and far, and rows with numbers that are infinite, or none.
  private func observations(seed: UInt64) -> [Float] {
    var random = SplitMix64(seed: seed)
    var rows: [[Float]] = [1, 4, 1e3, 1e30].flatMap { reach in
      (0..<500).map { _ in (0..<3).map { _ in Float(random.uniform(in: -reach...reach)) } }
    }
    for index in 0..<300 {
      rows[6 * index][index % 3] = [.nan, .infinity, -.infinity][index / 3 % 3]
    }
    return rows.flatMap { $0 }
  }

  /// The sums are the same in the same order, and so is the tanh between layers; that which bounds actions is in
  /// double precision in Swift.
  @Test("the C policy is the Swift policy: bit for bit, and to 1e-6 where tanh bounds actions")
  func isThePolicy() throws {
    let seen = observations(seed: 1)
    for squashes in [false, true] {
      let policy = try somePolicy(squashes: squashes)
      let expected = try actions(of: policy, on: seen)
      let found = try actions(of: CSource(policy, name: "policy"), on: seen)
      try #require(found.count == expected.count && Set(expected).count > 500)
      if squashes {
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-6 })
      } else {
        #expect(found.map(\.bitPattern) == expected.map(\.bitPattern))
      }
    }
  }

  /// Firmware is compiled so; numbers that are none must not become just any action.
  @Test("options that let a compiler reorder sums, and believe in numbers, change 1e-5 at most")
  func survivesFastMathematics() throws {
    let (policy, seen) = (try somePolicy(), observations(seed: 2))
    let expected = try actions(of: policy, on: seen)
    for options in [["-O3", "-ffast-math"], ["-Os", "-ffast-math", "-std=gnu17"]] {
      let found = try actions(of: CSource(policy, name: "policy"), on: seen, options: options)
      try #require(found.count == expected.count)
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-5 })
    }
  }

  @Test("weights of 8 bits are those of the rounded policy, and near the policy's own")
  func roundsWeights() throws {
    let (policy, seen) = (try somePolicy(), observations(seed: 3))
    let source = try CSource(policy, weights: .int8, name: "policy")
    let found = try actions(of: source, on: seen)
    let rounded = try actions(of: policy.rounded, on: seen)
    try #require(found.count == rounded.count)
    #expect(zip(found, rounded).allSatisfy { abs($0 - $1) <= 1e-5 })
    let differences = zip(rounded, try actions(of: policy, on: seen)).map { abs($0 - $1) }
    #expect(differences.max() ?? 0 > 1e-5 && differences.allSatisfy { $0 < 0.05 })
  }

  @Test("each network of a policy of several is its own")
  func severalNetworks() throws {
    let policy = try somePolicy(networks: .separate)
    try #require(policy.networkCount > 1)
    var seen = observations(seed: 4)
    seen.removeLast(seen.count % (3 * policy.networkCount))
    let expected = try actions(of: policy, on: seen)
    for network in 0..<policy.networkCount {
      let found = try actions(of: CSource(policy, network: network, name: "policy"), on: seen)
      let own = expected.indices.filter { $0 % policy.networkCount == network }
      #expect(own.map { found[$0].bitPattern } == own.map { expected[$0].bitPattern })
    }
  }

  /// Nothing is linked, so that no library for such a processor has to be there.
  @Test("compiles for the processor of flight controllers without a library, and as C++")
  func compilesForFirmware() throws {
    let folder = try TemporaryFolder()
    let object = folder.path("pilot.o")
    for weights in CSource.Weights.allCases {
      let source = try CSource(somePolicy(), weights: weights, name: "policy")
      _ = try folder.write(source.text(notes: ["A policy."], rate: 500), to: "policy.h")
      _ = try folder.write(Self.pilot, to: "pilot.c")
      _ = try run(
        ["clang", "--target=thumbv7em-none-eabihf", "-mcpu=cortex-m4", "-Wdouble-promotion"]
          + Self.strict + ["-c", folder.path("pilot.c"), "-o", object])
      #expect(try run(["nm", "-u", object]).isEmpty)
      _ = try run([
        "c++", "-x", "c++", "-std=c++11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only",
        folder.path("pilot.c"),
      ])
    }
  }

  @Test("says what evaluating takes")
  func cost() throws {
    let policy = try somePolicy()
    // 3 inputs, 17 and 9 between, 1 output.
    let (weights, outputs) = (3 * 17 + 17 * 9 + 9, 17 + 9 + 1)
    let cost = try CSource(policy, name: "policy").cost
    #expect(cost.multiplyAdds == weights && cost.tanhs == 26 && cost.stackBytes == 2 * 17 * 4)
    #expect(cost.constantBytes == 4 * (weights + outputs + 2 * (3 + 1)))
    let small = try CSource(policy, weights: .int8, name: "policy").cost
    #expect(small.constantBytes == weights + 4 * (2 * outputs + 2 * (3 + 1)))
    #expect(try CSource(somePolicy(squashes: true), name: "policy").cost.tanhs == 27)
  }

  @Test("refuses names that C has not, and networks that there are not")
  func refusals() throws {
    let policy = try somePolicy()
    for name in ["", "9", "a-b", "ä", "_a", String(repeating: "a", count: 65), "a\n"] {
      #expect(throws: LearningError.self) { try CSource(policy, name: name) }
    }
    #expect(throws: LearningError.badOption("the policy has no network 1; it has one, number 0")) {
      try CSource(policy, network: 1, name: "policy")
    }
  }
}
