import Gym
import GymTesting
import Testing

/// The environments of our own keep every rule.
struct ConformanceTests {
  @Test("the pendulum conforms", arguments: 0..<3 as Range<UInt64>)
  func pendulumConforms(seed: UInt64) {
    let report = checkEnvironment(seed: seed) {
      GameBatch(Pendulum(), count: $0, autoresetMode: $1)
    }
    #expect(report.isConforming && report.unchecked.isEmpty, "\(report)")
  }

  @Test("the corridor, which agents leave one by one, conforms", arguments: 0..<3 as Range<UInt64>)
  func corridorConforms(seed: UInt64) {
    let report = checkEnvironment(environmentCount: 7, seed: seed) {
      GameBatch(Corridor(), count: $0, autoresetMode: $1)
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
