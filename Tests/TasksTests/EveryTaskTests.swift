import Gym
import GymTesting
import SpatialMath
import Tasks
import Testing

/// What holds of every task in the catalogue.
struct EveryTaskTests {
  @Test("keeps to the rules of environments", arguments: TaskCatalogue.standard.names)
  func conforms(name: String) throws {
    let entry = try #require(TaskCatalogue.standard[name])
    let report = Self.check(entry.task(), count: 3, steps: 120)
    #expect(report.isConforming, "\(report)")
  }

  @Test("in batches of seven too", arguments: ["multi-hover", "gate-racing", "formation"])
  func conformsInLargerBatches(name: String) throws {
    let entry = try #require(TaskCatalogue.standard[name])
    let report = Self.check(entry.task(), count: 7, steps: 100)
    #expect(report.isConforming, "\(report)")
  }

  @Test("with everything that can differ from episode to episode")
  func conformsWithRandomisation() throws {
    var task = HoverTask()
    task.setup.timeLimit = 1
    task.setup.randomisation = .everything
    let report = Self.check(task, count: 3, steps: 120)
    #expect(report.isConforming && report.unchecked.isEmpty, "\(report)")
  }

  static func check<Task: DroneTask>(_ task: Task, count: Int, steps: Int) -> ConformanceReport {
    checkEnvironment(environmentCount: count, steps: steps) {
      try TaskEnvironment(task, count: $0, autoresetMode: $1)
    }
  }
}

extension Randomisation {
  /// A good deal of every difference.
  static let everything = Randomisation(
    mass: 0.8...1.2, inertia: 0.8...1.2, motors: 0.95...1.05, drag: 0...2, delay: 0...3,
    position: .init(0.2, 0.2, 0.05), speed: 0.2, tilt: 0.2, yaw: 3, bodyRate: 1)
}
