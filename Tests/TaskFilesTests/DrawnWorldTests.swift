import Configuration
import Drone
import Geometry
import TaskFiles
import Tasks
import Testing

/// Worlds that tasks draw by a seed.
struct DrawnWorldTests {
  @Test("a forest stands behind what belongs to the task, and is written as pillars")
  func forest() throws {
    let settings = ["world.forest.seed=3", "world.forest.density=0.2"]
    let specification = try TaskSpecification(named: "fly-through-gate", settings: settings)
    let task = specification.task
    let pillars = task.setup.obstacles.dropFirst(task.ownObstacleCount)
    #expect(pillars.count > 10 && pillars.first?.name == "forest-0")
    let text = specification.encoded()
    #expect(!text.contains("density"))
    let again = try TaskSpecification(encoded: text, from: "a policy")
    #expect(again.task.setup.obstacles == task.setup.obstacles && again.encoded() == text)
  }

  @Test("what moves is refused")
  func moving() {
    #expect {
      _ = try TaskSpecification(named: "hover", settings: ["world.moving_obstacles.seed=3"])
    } throws: { "\($0)".contains("world.moving_obstacles: moves; expected what stands still") }
  }
}
