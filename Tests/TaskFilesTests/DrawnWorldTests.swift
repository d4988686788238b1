import Configuration
import Drone
import Geometry
import SpatialMath
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

  @Test("balls that move are written with their ways, and read as the same again")
  func moving() throws {
    let settings = ["world.moving_obstacles.seed=3", "world.moving_obstacles.count=4"]
    let specification = try TaskSpecification(named: "fly-through-gate", settings: settings)
    let task = specification.task
    let balls = task.setup.obstacles.dropFirst(task.ownObstacleCount)
    #expect(balls.count == 4 && balls.first?.name == "moving_obstacles-0")
    #expect(balls.allSatisfy { $0.motion?.isLoop == true && $0.mass == 0 })
    let text = specification.encoded()
    #expect(!text.contains("moving_obstacles:"))
    let again = try TaskSpecification(encoded: text, from: "a policy")
    #expect(again.task.setup.obstacles == task.setup.obstacles && again.encoded() == text)
  }

  @Test("so is an obstacle of a list that turns on its way")
  func turning() throws {
    let obstacle =
      "{box: [0.1, 1, 1], motion: {poses: [{t: 0, at: [3, 0, 1]}, {t: 2, at: [3, 0, 2], rpy: [0, 0, 1.5]}]}}"
    let specification = try TaskSpecification(
      named: "hover", settings: ["world.obstacles=[\(obstacle)]"])
    let bodies = specification.task.setup.obstacles
    #expect(bodies.count == 1 && bodies[0].motion?.keyframes.count == 2)
    #expect(bodies[0].pose.position == Vector(3, 0, 1))
    let text = specification.encoded()
    let again = try TaskSpecification(encoded: text, from: "a policy")
    #expect(again.task.setup.obstacles == bodies && again.encoded() == text)
  }

  @Test("one with a mass is refused beside a motion, as in scenarios")
  func massive() {
    let obstacle = "{box: [1, 1, 1], mass: 1, motion: {poses: [{t: 0, at: [3, 0, 1]}]}}"
    #expect {
      _ = try TaskSpecification(named: "hover", settings: ["world.obstacles=[\(obstacle)]"])
    } throws: {
      "\($0)".contains(
        "world.obstacles[0].motion: a mapping stands beside mass; expected only one of them")
    }
  }
}
