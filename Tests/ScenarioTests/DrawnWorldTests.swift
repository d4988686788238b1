import Configuration
import Foundation
import Geometry
import Scenario
import SpatialMath
import TestSupport
import Testing

/// Worlds that scenarios draw by a seed.
struct DrawnWorldTests {
  private func flight(world: String, start: String = "[0, 0, 1]") throws -> FlightSpecification {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "version: 1\nworld: \(world)\ndrones: [{ at: \(start) }]\n", to: "drawn.yaml")
    return try FlightSpecification(contentsOf: file)
  }

  /// What is told of a world that is wrong, without the file's folder.
  private func fault(world: String) -> String {
    do {
      _ = try flight(world: world)
      return ""
    } catch { return "\(error)".replacing(/.*drawn.yaml:/, with: "") }
  }

  @Test("a forest stands behind the obstacles of the list, each pillar with a name")
  func names() throws {
    let world = try flight(
      world: "{ obstacles: [{ sphere: 0.1, at: [3, 3, 3] }], forest: { seed: 3, density: 0.1 } }"
    ).world
    #expect(world.obstacles.count > 5)
    #expect(world.obstacles[0].name == nil && world.obstacles[1].name == "forest-0")
    #expect(world.label(ofObstacle: 2) == "obstacle 2 (forest-1)")
  }

  @Test("a drone starts clear of a forest, wherever that is")
  func starts() throws {
    let all = try flight(world: "{ forest: { seed: 3, density: 0.5 } }").world.obstacles
    let place = all[5].pose.position
    let start = "[\(place.x), \(place.y), 1]"
    let rest = try flight(world: "{ forest: { seed: 3, density: 0.5 } }", start: start).world
      .obstacles
    #expect(!rest.contains { ($0.pose.position - place).norm < 0.5 } && rest.count > 20)
  }

  @Test(
    "what is drawn stands in the metadata, and reads as the same world",
    arguments: ["forest", "walls", "corridor", "terrain", "moving_obstacles"])
  func resolved(name: String) throws {
    let drawn = try flight(world: "{ \(name): { seed: 7 } }").world
    #expect(!drawn.obstacles.isEmpty)
    let text = String(decoding: try JSONEncoder().encode(drawn), as: UTF8.self)
    #expect(!text.contains("\"seed\""))
    let again = try flight(world: text).world
    #expect(again.obstacles == drawn.obstacles)
  }

  @Test("faults are told with line, key, value and what was expected")
  func faults() {
    #expect(
      fault(world: "{ forest: { density: -1 } }")
        == "2: world.forest.density: -1 is out of range; expected a number of 1/m² from 0 to 100")
    #expect(
      fault(world: "{ forest: { density: 50 } }")
        == "2: world.forest.density: 50 makes more than 4000 pillars; "
        + "expected up to 40.0 1/m² for this size")
    #expect(
      fault(world: "{ forest: { radi: [0.1, 0.2] } }")
        == "2: world.forest.radi: unknown key; did you mean \"radii\"?")
    #expect(
      fault(world: "{ walls: { opening: 4 } }")
        == "2: world.walls.opening: 4 leaves no wall; expected less than the width of 4.0 m")
    #expect(fault(world: "{ corridor: { length: 0.5 } }").contains("too short for such bends"))
    #expect(fault(world: "{ terrain: { spacing: 0.01 } }").contains("a grid of more than 250000"))
    #expect(fault(world: "{ forrest: {} }").contains("did you mean \"forest\"?"))
  }
}
