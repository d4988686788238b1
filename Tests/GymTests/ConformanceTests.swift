import Gym
import GymAdapters
import GymTesting
import Testing

/// The environments of our own keep every rule.
struct ConformanceTests {
  @Test("the pendulum conforms", arguments: 0..<3 as Range<UInt64>)
  func pendulumConforms(seed: UInt64) {
    let report = checkEnvironment(seed: seed) {
      SyncVectorEnvironment(Pendulum(), count: $0, autoresetMode: $1)
    }
    #expect(report.isConforming && report.unchecked.isEmpty, "\(report)")
  }

  @Test("the corridor, which agents leave one by one, conforms", arguments: 0..<3 as Range<UInt64>)
  func corridorConforms(seed: UInt64) {
    let report = checkEnvironment(environmentCount: 7, seed: seed) {
      SyncVectorEnvironment(Corridor(), count: $0, autoresetMode: $1)
    }
    #expect(report.isConforming && report.unchecked.isEmpty, "\(report)")
  }
}

/// The suite would notice: each rule, broken on purpose, is reported as broken.
struct BrokenEnvironmentTests {
  @Test("a broken rule is found", arguments: Rule.allCases)
  func brokenRuleIsFound(rule: Rule) {
    let report = checkEnvironment { BrokenEnvironment(rule, count: $0, mode: $1) }
    #expect(report.violations.contains { $0.rule == rule }, "\(report)")
  }

  @Test("a rule is told by its name, and how it shows")
  func reportReadsWell() {
    let report = checkEnvironment { BrokenEnvironment(.membership, count: $0, mode: $1) }
    #expect(report.description.hasPrefix("broken: membership: in step 0, row 0 observes [5.0, "))
  }
}

/// The views of a batch of one, which people and scripts use.
struct ViewConformanceTests {
  @Test("a batch of one pendulum conforms as a single environment")
  func singleViewConforms() {
    let report = checkSingleEnvironment {
      try SingleEnvironment(SyncVectorEnvironment(Pendulum(), count: 1, autoresetMode: .disabled))
    }
    #expect(report.isConforming && report.unchecked.isEmpty, "\(report)")
  }

  @Test("a batch of one corridor conforms as an environment of several agents")
  func parallelViewConforms() {
    let report = checkMultiAgentEnvironment {
      try ParallelEnvironment(SyncVectorEnvironment(Corridor(), count: 1, autoresetMode: .disabled))
    }
    #expect(report.isConforming && report.unchecked.isEmpty, "\(report)")
  }

  @Test("a single environment that ignores its seed, or leaves its space, is found")
  func brokenViewIsFound() {
    let report = checkSingleEnvironment { BrokenSingleEnvironment() }
    let rules = Set(report.violations.map(\.rule))
    #expect(rules == [.resetForgets, .determinism, .membership, .autoreset, .refusals])
  }
}

/// Breaks all that a single environment can break.
private struct BrokenSingleEnvironment: Environment {
  let observationSpace = BoxSpace(count: 1, in: 0...1)
  let actionSpace = Space.box(BoxSpace(count: 1, in: -1...1))
  mutating func reset(seed: UInt64?) throws(GymError) -> [Float] { [.random(in: 0...1)] }
  mutating func step(_ action: [Float]) throws(GymError) -> Transition {
    Transition(observation: [2], reward: 0, isTruncated: true)
  }
  mutating func close() {}
}
