import Foundation
import Scenario
import TestSupport
import Testing

/// What a scenario is told of that is no error.
struct NoteTests {
  private func notes(_ text: String) throws -> [String] {
    let folder = try TemporaryFolder()
    var notes: [String] = []
    _ = try FlightSpecification(contentsOf: folder.write("version: 1\n" + text, to: "a.yaml")) {
      notes.append($0)
    }
    return notes
  }

  @Test("a drone that starts beyond √3 rad a step is told that its energy may grow")
  func energy() throws {
    let drone = "drones: [{ at: [0, 0, 1], body_rates: [600, 0, 0] }]"
    let notes = try notes(drone)
    try #require(notes.count == 1)
    #expect(notes[0].contains("a.yaml:2: drones[0].body_rates: turns by 2.5 rad a physics step"))
    #expect(try self.notes("rates: { physics: 480 }\n" + drone).isEmpty)
    #expect(try self.notes("physics: { preset: gpd }\n" + drone).isEmpty)
  }

  @Test("a restitution that nothing bounces by is told of")
  func restitution() throws {
    func scenario(_ drone: String, _ obstacle: String = "restitution: 1") -> String {
      "world: { obstacles: [{ sphere: 1, at: [9, 0, 1], \(obstacle) }] }\n"
        + "drones: [{ at: [0, 0, 1], \(drone) }]"
    }
    let notes = try notes(scenario("yaw: 0").replacingOccurrences(of: ", yaw: 0", with: ""))
    #expect(notes.count == 1 && notes[0].contains("a.yaml:2: world: a restitution has no effect"))
    #expect(try self.notes(scenario("restitution: 0.5")).isEmpty)
    #expect(try self.notes(scenario("friction: 1", "friction: 1")).isEmpty)
  }

  @Test("obstacles that drones fly through are told of")
  func untouched() throws {
    func scenario(_ dynamics: String, _ keys: String) -> String {
      "physics: { dynamics: \(dynamics) }\nworld: { obstacles: [{ sphere: 1, at: [9, 0, 1]\(keys) }] }\n"
        + "drones: [{ at: [0, 0, 1] }]"
    }
    let notes = try notes(scenario("explicit", ""))
    let loose = try self.notes(scenario("explicit", ", mass: 1"))
    try #require(notes.count == 1 && loose.count == 1)
    #expect(
      notes[0].hasSuffix(
        "a.yaml:3: world.obstacles: can be seen but not touched: physics.dynamics explicit has no "
          + "contacts"))
    #expect(loose[0].hasSuffix("contacts, and those with a mass stay where they are"))
    #expect(try self.notes(scenario("bullet", ", mass: 1")).isEmpty)
  }

  @Test("a note that many drones have is told once")
  func once() throws {
    let urdf = """
      <robot name="p"><link name="a" colour="red">
        <collision><geometry><sphere radius="0.1"/></geometry></collision></link></robot>
      """
    let folder = try TemporaryFolder()
    _ = try folder.write(urdf, to: "p.urdf")
    let text = """
      version: 1
      world: { obstacles: [{ urdf: p.urdf, at: [3, 0, 1] }, { urdf: p.urdf, at: [5, 0, 1] }] }
      drones: [{ at: [0, 0, 1] }]
      """
    var notes: [String] = []
    _ = try FlightSpecification(contentsOf: folder.write(text, to: "a.yaml")) { notes.append($0) }
    #expect(notes.count == 1)
    #expect(notes.first?.contains("the attribute \"colour\" of <link>: not known") == true)
  }
}
