import Drone
import Foundation
import Simulation
import SpatialMath
import TaskFiles
import Tasks
import TestSupport
import Testing

/// What the page about tasks as files shows.
struct TasksPageTests {
  @Test("the file of the page is read, and plays what it says")
  func example() throws {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Documentation/Tasks.md").standardizedFileURL
    let text = try String(contentsOf: page, encoding: .utf8)
    let start = try #require(text.range(of: "```yaml\n"))
    let end = try #require(text.range(of: "```", range: start.upperBound..<text.endIndex))
    let folder = try TemporaryFolder()
    let file = try folder.write(
      String(text[start.upperBound..<end.lowerBound]), to: "race.yaml")
    let specification = try TaskSpecification(contentsOf: file)
    #expect(specification.name == "trajectory")
    let setup = specification.task.setup
    #expect(setup.model.name == "racer" && setup.controlFrequency == 60 && setup.timeLimit == 10)
    #expect(setup.obstacles.count == 1 && setup.sensors.count == 1 && setup.observation.count == 4)
    #expect(setup.randomisation.delay == 0...2 && setup.wind.mean.x == 1)
  }
}
